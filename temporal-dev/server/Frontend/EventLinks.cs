using WorkflowEvent = Temporalio.Api.Common.V1.Link.Types.WorkflowEvent;

namespace Temporalio.DevServer.Frontend;

/// <summary>Links from answers to the events that they led to.</summary>
internal static class EventLinks
{
    /// <summary>To the event that started a run.</summary>
    public static Link Started(string namespaceName, string workflowId, string runId) => new()
    {
        WorkflowEvent = new WorkflowEvent
        {
            Namespace = namespaceName,
            WorkflowId = workflowId,
            RunId = runId,
            EventRef = new WorkflowEvent.Types.EventReference { EventId = 1, EventType = EventType.WorkflowExecutionStarted },
        },
    };

    /// <summary>To the event that accepted an update. The real server names it by its type alone.</summary>
    public static Link Accepted(string namespaceName, RunKey run) => new()
    {
        WorkflowEvent = new WorkflowEvent
        {
            Namespace = namespaceName,
            WorkflowId = run.WorkflowId,
            RunId = run.RunId,
            RequestIdRef = new WorkflowEvent.Types.RequestIdReference { EventType = EventType.WorkflowExecutionUpdateAccepted },
        },
    };

    /// <summary>To the run that an update has failed in. The real server calls every failure so, also that of a handler.</summary>
    public static Link Rejected(string namespaceName, RunKey run) => new()
    {
        Workflow = new Link.Types.Workflow { Namespace = namespaceName, WorkflowId = run.WorkflowId, RunId = run.RunId, Reason = "Update rejected" },
    };
}
