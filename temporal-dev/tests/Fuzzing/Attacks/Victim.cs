using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>
/// A namespace with things in it that nobody else may see or change, and everything that an attacker could have got hold of: ids, task tokens, page tokens.
/// What must not be seen carries <see cref="Secret"/>; ids do not, since errors repeat what the attacker sends.
/// </summary>
internal sealed class Victim(string name)
{
    /// <summary>In every type, input, memo and identity of the victim's.</summary>
    public const string Secret = "KEPT7SECRET";

    private const string Queue = "victim-queue";
    private const int Workflows = 3;

    private readonly Dictionary<string, string> runs = [];
    private Dictionary<string, string> historiesBefore = [];

    public string Name => name;

    public string WorkflowId { get; } = "victim-0";

    public string RunId => runs[WorkflowId];

    public static string QueueName => Queue;

    public ByteString WorkflowTaskToken { get; private set; } = ByteString.Empty;

    public ByteString ActivityTaskToken { get; private set; } = ByteString.Empty;

    public ByteString ListPageToken { get; private set; } = ByteString.Empty;

    public ByteString HistoryPageToken { get; private set; } = ByteString.Empty;

    /// <summary>Makes the namespaces (the victim's and the attacker's) and what the victim has.</summary>
    public async Task SetUpAsync(Rpc rpc, string attacker, CancellationToken cancellationToken)
    {
        foreach (var space in (string[])[name, attacker])
            await rpc.WorkflowAsync<RegisterNamespaceResponse>("RegisterNamespace", new RegisterNamespaceRequest { Namespace = space, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }, cancellationToken);
        await rpc.CallAsync<AddSearchAttributesResponse>(
            "/temporal.api.operatorservice.v1.OperatorService/AddSearchAttributes",
            new AddSearchAttributesRequest { Namespace = name, SearchAttributes = { [Secret] = IndexedValueType.Keyword } },
            cancellationToken);
        for (var i = 0; i < Workflows; i++)
            await StartAsync(rpc, "victim-" + i, cancellationToken);
        ActivityTaskToken = await ActivityTokenAsync(rpc, cancellationToken);
        WorkflowTaskToken = (await PollAsync(rpc, cancellationToken)).TaskToken;
        ListPageToken = await ListTokenAsync(rpc, cancellationToken);
        var history = new GetWorkflowExecutionHistoryRequest { Namespace = name, Execution = Execution(WorkflowId), MaximumPageSize = 1 };
        HistoryPageToken = (await rpc.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", history, cancellationToken)).NextPageToken;
        historiesBefore = await HistoriesAsync(rpc, cancellationToken);
    }

    /// <summary>What is not as it was; empty if nothing was touched and the victim's own tokens still count.</summary>
    public async Task<IReadOnlyList<string>> DamageAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        var damage = new List<string>();
        foreach (var (workflowId, after) in await HistoriesAsync(rpc, cancellationToken))
        {
            if (after != historiesBefore[workflowId])
                damage.Add($"{workflowId} was changed: {historiesBefore[workflowId]} became {after}");
        }
        try
        {
            await rpc.WorkflowAsync<RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", new RespondActivityTaskCompletedRequest { Namespace = name, TaskToken = ActivityTaskToken }, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            damage.Add($"the victim's own activity token no longer counts: {e.Message}");
        }
        return damage;
    }

    public WorkflowExecution Execution(string workflowId) => new() { WorkflowId = workflowId, RunId = runs[workflowId] };

    private static Payloads SecretPayloads() => new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(Secret) } } };

    private async Task StartAsync(Rpc rpc, string workflowId, CancellationToken cancellationToken)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = name,
            WorkflowId = workflowId,
            RequestId = Guid.NewGuid().ToString(),
            WorkflowType = new WorkflowType { Name = Secret },
            TaskQueue = new TaskQueue { Name = Queue },
            Input = SecretPayloads(),
            Identity = Secret,
            Memo = new Memo { Fields = { ["note"] = SecretPayloads().Payloads_[0] } },
            // Long enough that nothing times out of itself while the attack runs.
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(120)),
        };
        runs[workflowId] = (await rpc.WorkflowAsync<StartWorkflowExecutionResponse>("StartWorkflowExecution", request, cancellationToken)).RunId;
    }

    private async Task<PollWorkflowTaskQueueResponse> PollAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        var task = await rpc.WorkflowAsync<PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = name, TaskQueue = new TaskQueue { Name = Queue }, Identity = Secret }, cancellationToken);
        return task.TaskToken.IsEmpty ? throw new InvalidOperationException("the victim's worker got no workflow task") : task;
    }

    private async Task<ByteString> ActivityTokenAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        var task = await PollAsync(rpc, cancellationToken);
        var schedule = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = "1",
            ActivityType = new ActivityType { Name = Secret },
            TaskQueue = new TaskQueue { Name = Queue },
            Input = SecretPayloads(),
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        };
        var completion = new RespondWorkflowTaskCompletedRequest { Namespace = name, TaskToken = task.TaskToken, Identity = Secret, Commands = { new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = schedule } } };
        await rpc.WorkflowAsync<RespondWorkflowTaskCompletedResponse>("RespondWorkflowTaskCompleted", completion, cancellationToken);
        var activity = await rpc.WorkflowAsync<PollActivityTaskQueueResponse>("PollActivityTaskQueue", new PollActivityTaskQueueRequest { Namespace = name, TaskQueue = new TaskQueue { Name = Queue }, Identity = Secret }, cancellationToken);
        return activity.TaskToken.IsEmpty ? throw new InvalidOperationException("the victim's worker got no activity task") : activity.TaskToken;
    }

    private async Task<ByteString> ListTokenAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        // Rows may be listed a moment after their workflows start; without a second page there is no token to steal.
        while (true)
        {
            var page = await rpc.WorkflowAsync<ListWorkflowExecutionsResponse>("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = name, PageSize = 1 }, cancellationToken);
            if (!page.NextPageToken.IsEmpty)
                return page.NextPageToken;
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private async Task<Dictionary<string, string>> HistoriesAsync(Rpc rpc, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<string, string>();
        foreach (var workflowId in runs.Keys)
        {
            var request = new GetWorkflowExecutionHistoryRequest { Namespace = name, Execution = Execution(workflowId) };
            var response = await rpc.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", request, cancellationToken);
            histories[workflowId] = string.Join(' ', response.History.Events.Select(e => e.EventType));
        }
        return histories;
    }
}
