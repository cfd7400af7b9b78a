using System.Diagnostics.Tracing;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// Listens to the runtime's own tracing for work that leaves a workflow's scheduler: tasks queued elsewhere, timers, and
/// other transfers to the thread pool. Such work ends at another time on replay, so it fails the workflow task.
/// </summary>
/// <remarks>One for the process; events are switched on while a worker needs them.</remarks>
internal sealed class WorkflowEscapeListener : EventListener
{
    // Names, numbers and keywords of System.Threading.Tasks.TplEventSource and FrameworkEventSource in .NET's sources.
    private const string TaskSourceName = "System.Threading.Tasks.TplEventSource";
    private const string FrameworkSourceName = "System.Diagnostics.Eventing.FrameworkEventSource";
    private const EventKeywords TaskKeyword = (EventKeywords)2;
    private const EventKeywords ThreadTransferKeyword = (EventKeywords)0x10;
    private const EventTask ThreadTransferTask = (EventTask)3;
    private const int FirstTaskEvent = 7;
    private const int LastTaskEvent = 11;
    private const int ContinuationOnThreadPoolEvent = 12;

    private static readonly Lazy<WorkflowEscapeListener> LazyInstance = new(() => new());

    private readonly Lock gate = new();
    private readonly List<(EventSource Source, EventKeywords Keywords)> sources = [];
    private int users;

    private WorkflowEscapeListener()
    {
        // The base constructor has announced the existing sources before the fields above were set.
        foreach (var source in EventSource.GetSources())
        {
            Add(source);
        }
    }

    /// <summary>Gets the listener; made when first asked for.</summary>
    internal static WorkflowEscapeListener Instance => LazyInstance.Value;

    /// <summary>Switches the events on for one more user.</summary>
    internal void Register()
    {
        lock (gate)
        {
            if (++users == 1)
            {
                sources.ForEach(s => EnableEvents(s.Source, EventLevel.Informational, s.Keywords));
            }
        }
    }

    /// <summary>Switches the events off with the last user.</summary>
    internal void Unregister()
    {
        lock (gate)
        {
            if (--users == 0)
            {
                sources.ForEach(s => DisableEvents(s.Source));
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        base.OnEventSourceCreated(eventSource);
        // Null while the base constructor runs.
        if (gate != null)
        {
            Add(eventSource);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Called for every task of the process: get out of the way first.
        if (TaskScheduler.Current is not WorkflowInstance { DetectsEscapes: true } run)
        {
            return;
        }
        if (eventData.EventSource.Name == TaskSourceName)
        {
            OnTaskEvent(run, eventData);
        }
        else if (eventData.Task == ThreadTransferTask)
        {
            run.Fail(new InvalidWorkflowOperationException(
                "Workflow attempted to perform a thread transfer task which is non-deterministic. " +
                "This can be caused by timers or other non-deterministic async calls.",
                Environment.StackTrace));
        }
    }

    private static void OnTaskEvent(WorkflowInstance run, EventWrittenEventArgs eventData)
    {
        if (eventData.EventId is >= FirstTaskEvent and <= LastTaskEvent)
        {
            if (eventData.Payload?[0] is int scheduler && scheduler != run.Id)
            {
                run.Fail(new InvalidWorkflowSchedulerException(
                    "Task during workflow run was not scheduled on workflow scheduler", Environment.StackTrace));
            }
            return;
        }
        if (eventData.EventId != ContinuationOnThreadPoolEvent)
        {
            return;
        }
        // Task.Yield and ContinueWith announce themselves the same way, but continue on the scheduler that they are given.
        var trace = Environment.StackTrace;
        if (trace.Contains("ScheduleAction(", StringComparison.Ordinal))
        {
            run.Fail(new InvalidWorkflowSchedulerException(
                "Workflow code continues on the thread pool, which ConfigureAwait(false) does", trace));
        }
    }

    private void Add(EventSource source)
    {
        EventKeywords keywords;
        switch (source.Name)
        {
            case TaskSourceName:
                keywords = TaskKeyword;
                break;
            case FrameworkSourceName:
                keywords = ThreadTransferKeyword;
                break;
            default:
                return;
        }
        lock (gate)
        {
            if (sources.Exists(s => s.Source == source))
            {
                return;
            }
            sources.Add((source, keywords));
            if (users > 0)
            {
                EnableEvents(source, EventLevel.Informational, keywords);
            }
        }
    }
}
