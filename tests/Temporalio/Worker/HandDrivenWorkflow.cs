using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>
/// A workflow whose tasks the test answers itself, over the raw service: activity tests so depend on nothing of the workflow
/// runtime.
/// </summary>
internal sealed class HandDrivenWorkflow
{
    private static readonly EventType[] ActivityClosures =
    [
        EventType.ActivityTaskCompleted, EventType.ActivityTaskFailed, EventType.ActivityTaskTimedOut, EventType.ActivityTaskCanceled,
    ];

    private readonly ITemporalClient client;

    private HandDrivenWorkflow(ITemporalClient client, string id)
    {
        this.client = client;
        Id = id;
    }

    public string Id { get; }

    private WorkflowService Service => client.Connection.WorkflowService;

    /// <summary>Starts a workflow that nobody but the test works on.</summary>
    public static async Task<HandDrivenWorkflow> StartAsync(ITemporalClient client)
    {
        var id = RealServerFixture.NewId("hand-driven");
        await client.Connection.WorkflowService.StartWorkflowExecutionAsync(new()
        {
            Namespace = client.Options.Namespace,
            WorkflowId = id,
            WorkflowType = new() { Name = "HandDriven" },
            TaskQueue = new() { Name = id },
            RequestId = id,
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
        });
        return new(client, id);
    }

    /// <summary>Starts a workflow and lets it schedule one activity.</summary>
    public static async Task<HandDrivenWorkflow> WithActivityAsync(
        ITemporalClient client,
        string taskQueue,
        string activityType,
        object?[]? arguments = null,
        Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var workflow = await StartAsync(client);
        await workflow.ScheduleActivityAsync(taskQueue, activityType, arguments, change);
        return workflow;
    }

    /// <summary>Answers the pending workflow task by scheduling an activity, limited to 60 s and not retried unless changed.</summary>
    public async Task ScheduleActivityAsync(
        string taskQueue, string activityType, object?[]? arguments = null, Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = activityType,
            ActivityType = new() { Name = activityType },
            TaskQueue = new() { Name = taskQueue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(60)),
            RetryPolicy = new() { MaximumAttempts = 1 },
            Input = new(),
        };
        attributes.Input.Payloads_.Add(await DataConverter.Default.ToPayloadsAsync(arguments ?? []));
        change?.Invoke(attributes);
        await AnswerAsync(new() { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes });
    }

    /// <summary>Asks for the cancellation of the activity.</summary>
    public async Task CancelActivityAsync()
    {
        var scheduled = (await HistoryAsync()).Single(e => e.EventType == EventType.ActivityTaskScheduled);
        await Service.SignalWorkflowExecutionAsync(new()
        {
            Namespace = client.Options.Namespace,
            WorkflowExecution = new() { WorkflowId = Id },
            SignalName = "wake",
            RequestId = Guid.NewGuid().ToString(),
        });
        await AnswerAsync(new()
        {
            CommandType = CommandType.RequestCancelActivityTask,
            RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduled.EventId },
        });
    }

    /// <summary>Ends the workflow under the activity's feet.</summary>
    public Task TerminateAsync() => Service.TerminateWorkflowExecutionAsync(new()
    {
        Namespace = client.Options.Namespace,
        WorkflowExecution = new() { WorkflowId = Id },
    });

    /// <summary>Waits until the activity has closed.</summary>
    public async Task<HistoryEvent> ActivityClosureAsync()
    {
        var token = Google.Protobuf.ByteString.Empty;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var page = await Service.GetWorkflowExecutionHistoryAsync(
                new()
                {
                    Namespace = client.Options.Namespace,
                    Execution = new() { WorkflowId = Id },
                    WaitNewEvent = true,
                    NextPageToken = token,
                },
                new() { CancellationToken = limit.Token });
            if (page.History.Events.FirstOrDefault(e => ActivityClosures.Contains(e.EventType)) is { } closure)
            {
                return closure;
            }
            token = page.NextPageToken;
        }
    }

    /// <summary>Waits until the activity has closed and reads its result.</summary>
    public async Task<T> ActivityResultAsync<T>()
    {
        var closure = await ActivityClosureAsync();
        closure.EventType.ShouldBe(EventType.ActivityTaskCompleted, closure.ToString());
        return await DataConverter.Default.ToValueAsync<T>(closure.ActivityTaskCompletedEventAttributes.Result.Payloads_.Single());
    }

    /// <summary>What the server knows of the activity while it runs.</summary>
    public async Task<Api.Workflow.V1.PendingActivityInfo> PendingActivityAsync()
    {
        var description = await Service.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = Id } });
        return description.PendingActivities.Single();
    }

    private async Task<IReadOnlyList<HistoryEvent>> HistoryAsync()
    {
        var page = await Service.GetWorkflowExecutionHistoryAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = Id } });
        return page.History.Events;
    }

    private async Task AnswerAsync(Command command)
    {
        PollWorkflowTaskQueueResponse task;
        do
        {
            task = await Service.PollWorkflowTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = Id }, Identity = "test" });
        }
        while (task.TaskToken.IsEmpty);
        await Service.RespondWorkflowTaskCompletedAsync(new()
        {
            Namespace = client.Options.Namespace,
            TaskToken = task.TaskToken,
            Identity = "test",
            Commands = { command },
        });
    }
}
