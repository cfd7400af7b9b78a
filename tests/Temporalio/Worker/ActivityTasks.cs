using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>Makes activity tasks as the server would send them.</summary>
internal static class ActivityTasks
{
    public static PollActivityTaskQueueResponse New(string type, params object?[] arguments)
    {
        var now = Timestamp.FromDateTime(DateTime.UtcNow);
        var task = new PollActivityTaskQueueResponse
        {
            TaskToken = ByteString.CopyFromUtf8(Guid.NewGuid().ToString()),
            ActivityId = "1",
            ActivityType = new() { Name = type },
            Attempt = 1,
            WorkflowNamespace = "default",
            WorkflowType = new() { Name = "Workflow" },
            WorkflowExecution = new() { WorkflowId = "workflow", RunId = "run" },
            ScheduledTime = now,
            CurrentAttemptScheduledTime = now,
            StartedTime = now,
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            Input = new(),
        };
        task.Input.Payloads_.Add(arguments.Select(DataConverter.Default.PayloadConverter.ToPayload));
        return task;
    }
}
