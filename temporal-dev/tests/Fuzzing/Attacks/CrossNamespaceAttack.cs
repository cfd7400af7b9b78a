using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>Somebody in one namespace with the ids and tokens of another: he must neither see nor change anything there.</summary>
internal sealed class CrossNamespaceAttack(Victim victim, string attacker) : IAttack
{
    public string Name => "another namespace's tokens and ids";

    public int Share => 10;

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var (method, request) = random.Pick(Probes(random));
        var bytes = request.ToByteArray();
        if (random.Chance(10))
            bytes = random.Damage(bytes);
        var answer = await client.SendAsync(new RawCall { Path = PathOf(method), Body = RawCall.Frame(bytes), Timeout = "900m" }, cancellationToken);
        return (method, answer);
    }

    private static string PathOf(string method) => Methods.Path(Methods.All.First(m => m.Name == method));

    private (string Method, IMessage Request)[] Probes(FuzzRandom random)
    {
        var execution = random.Chance(50) ? victim.Execution(victim.WorkflowId) : new WorkflowExecution { WorkflowId = victim.WorkflowId };
        var queue = new TaskQueue { Name = Victim.QueueName };
        return
        [
            ("RespondWorkflowTaskCompleted", new RespondWorkflowTaskCompletedRequest { Namespace = attacker, TaskToken = victim.WorkflowTaskToken }),
            ("RespondWorkflowTaskFailed", new RespondWorkflowTaskFailedRequest { Namespace = attacker, TaskToken = victim.WorkflowTaskToken }),
            ("RespondQueryTaskCompleted", new RespondQueryTaskCompletedRequest { Namespace = attacker, TaskToken = victim.WorkflowTaskToken }),
            ("RecordActivityTaskHeartbeat", new RecordActivityTaskHeartbeatRequest { Namespace = attacker, TaskToken = victim.ActivityTaskToken }),
            ("RespondActivityTaskCompleted", new RespondActivityTaskCompletedRequest { Namespace = attacker, TaskToken = victim.ActivityTaskToken }),
            ("RespondActivityTaskFailed", new RespondActivityTaskFailedRequest { Namespace = attacker, TaskToken = victim.ActivityTaskToken }),
            ("RespondActivityTaskCanceled", new RespondActivityTaskCanceledRequest { Namespace = attacker, TaskToken = victim.ActivityTaskToken }),
            ("RespondActivityTaskCompletedById", new RespondActivityTaskCompletedByIdRequest { Namespace = attacker, WorkflowId = execution.WorkflowId, RunId = execution.RunId, ActivityId = "1" }),
            ("RecordActivityTaskHeartbeatById", new RecordActivityTaskHeartbeatByIdRequest { Namespace = attacker, WorkflowId = execution.WorkflowId, RunId = execution.RunId, ActivityId = "1" }),
            ("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = attacker, Execution = execution, NextPageToken = random.Chance(50) ? victim.HistoryPageToken : ByteString.Empty }),
            ("GetWorkflowExecutionHistoryReverse", new GetWorkflowExecutionHistoryReverseRequest { Namespace = attacker, Execution = execution, NextPageToken = random.Chance(50) ? victim.HistoryPageToken : ByteString.Empty }),
            ("DescribeWorkflowExecution", new DescribeWorkflowExecutionRequest { Namespace = attacker, Execution = execution }),
            ("SignalWorkflowExecution", new SignalWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution, SignalName = "s" }),
            ("RequestCancelWorkflowExecution", new RequestCancelWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution }),
            ("TerminateWorkflowExecution", new TerminateWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution }),
            ("DeleteWorkflowExecution", new DeleteWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution }),
            ("ResetWorkflowExecution", new ResetWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution, WorkflowTaskFinishEventId = 4, RequestId = "r" }),
            ("QueryWorkflow", new QueryWorkflowRequest { Namespace = attacker, Execution = execution, Query = new WorkflowQuery { QueryType = "__stack_trace" } }),
            ("UpdateWorkflowExecution", new UpdateWorkflowExecutionRequest { Namespace = attacker, WorkflowExecution = execution, Request = new Request { Meta = new Meta { UpdateId = "u" }, Input = new Input { Name = "u" } } }),
            ("PollWorkflowExecutionUpdate", new PollWorkflowExecutionUpdateRequest { Namespace = attacker, UpdateRef = new UpdateRef { WorkflowExecution = execution, UpdateId = "u" } }),
            ("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = attacker, Query = random.Pick(["", $"WorkflowId = '{victim.WorkflowId}'", $"WorkflowType = '{Victim.Secret[..4]}x' OR 1 = 1"]), NextPageToken = random.Chance(50) ? victim.ListPageToken : ByteString.Empty }),
            ("CountWorkflowExecutions", new CountWorkflowExecutionsRequest { Namespace = attacker, Query = $"WorkflowId = '{victim.WorkflowId}' OR RunId = '{victim.RunId}'" }),
            ("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = attacker, TaskQueue = queue }),
            ("PollActivityTaskQueue", new PollActivityTaskQueueRequest { Namespace = attacker, TaskQueue = queue }),
            ("DescribeTaskQueue", new DescribeTaskQueueRequest { Namespace = attacker, TaskQueue = queue }),
            ("ListSearchAttributes", new ListSearchAttributesRequest { Namespace = attacker }),
            ("GetSearchAttributes", new GetSearchAttributesRequest()),
        ];
    }
}
