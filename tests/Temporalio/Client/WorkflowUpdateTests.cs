using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Temporalio.InTree.Tests.Client;

public class WorkflowUpdateTests
{
    private const string UpdateRpc = "UpdateWorkflowExecution";
    private const string PollRpc = "PollWorkflowExecutionUpdate";
    private const string MultiRpc = "ExecuteMultiOperation";

    [Fact]
    public async Task StartUpdateAsync_ServerOnlyAdmits_AsksAgainWithTheSameId()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(UpdateRpc, Updated(Stage.Admitted))
            .Answer(UpdateRpc, Updated(Stage.Accepted));

        var handle = await client.GetWorkflowHandle("wf", firstExecutionRunId: "first").StartUpdateAsync<string>(
            "approve", ["me"], new("update-1", WorkflowUpdateStage.Accepted));

        handle.Id.ShouldBe("update-1");
        handle.WorkflowRunId.ShouldBe("run-1");
        var requests = script.RequestsOf<UpdateWorkflowExecutionRequest>();
        requests.Count.ShouldBe(2);
        requests.ShouldAllBe(r => r.Request.Meta.UpdateId == "update-1"
            && r.FirstExecutionRunId == "first"
            && r.Request.Input.Name == "approve"
            && r.WaitPolicy.LifecycleStage == Stage.Accepted);
    }

    [Fact]
    public async Task ExecuteUpdateAsync_OutcomeComesLater_PollsUntilThen()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(UpdateRpc, Updated(Stage.Accepted))
            .Answer(PollRpc, new PollWorkflowExecutionUpdateResponse { Stage = Stage.Accepted })
            .Answer(PollRpc, new PollWorkflowExecutionUpdateResponse { Outcome = Success("yes") });

        (await client.GetWorkflowHandle("wf").ExecuteUpdateAsync<string>("approve", [])).ShouldBe("yes");

        var updateId = script.RequestsOf<UpdateWorkflowExecutionRequest>().Single().Request.Meta.UpdateId;
        script.RequestsOf<PollWorkflowExecutionUpdateRequest>().ShouldAllBe(r =>
            r.UpdateRef.UpdateId == updateId && r.UpdateRef.WorkflowExecution.RunId == "run-1");
    }

    [Fact]
    public async Task GetResultAsync_Failure_CanBeReadTwice()
    {
        var converter = DataConverter.Default with { PayloadCodec = new Base64Codec() };
        var (client, script) = ScriptedConnection.CreateClient(new() { DataConverter = converter });
        var failure = await converter.ToFailureAsync(new ApplicationFailureException("no", "Refused", details: ["why"]));
        script.Answer(UpdateRpc, Updated(Stage.Completed, new() { Failure = failure }));
        var handle = await client.GetWorkflowHandle("wf").StartUpdateAsync(
            "approve", [], new(WorkflowUpdateStage.Completed));

        for (var i = 0; i < 2; i++)
        {
            var thrown = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.GetResultAsync());
            thrown.InnerException.ShouldBeOfType<ApplicationFailureException>().Details.ElementAt<string>(0).ShouldBe("why");
        }
    }

    [Theory]
    [InlineData(WorkflowUpdateStage.None)]
    [InlineData(WorkflowUpdateStage.Admitted)]
    public async Task StartUpdateAsync_StageThatCannotBeWaitedFor_Throws(WorkflowUpdateStage stage)
    {
        var (client, script) = ScriptedConnection.CreateClient();

        await Should.ThrowAsync<ArgumentException>(
            () => client.GetWorkflowHandle("wf").StartUpdateAsync("approve", [], new(stage)));
        script.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RpcException.StatusCode.DeadlineExceeded)]
    [InlineData(RpcException.StatusCode.Cancelled)]
    public async Task Update_CallCutShort_SaysThatItWasTheCall(RpcException.StatusCode code)
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Fail(UpdateRpc, new RpcException(code, "late", null))
            .Fail(PollRpc, new OperationCanceledException());
        var handle = client.GetWorkflowHandle("wf");

        (await Should.ThrowAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(
            () => handle.StartUpdateAsync("approve", [], new(WorkflowUpdateStage.Accepted))))
            .InnerException.ShouldBeOfType<RpcException>();
        (await Should.ThrowAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(
            () => handle.GetUpdateHandle("update-1").GetResultAsync()))
            .InnerException.ShouldBeOfType<OperationCanceledException>();
    }

    [Fact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_NewWorkflow_GivesResultAndHandle()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(MultiRpc, Multi(Updated(Stage.Admitted)))
            .Answer(MultiRpc, Multi(Updated(Stage.Completed, Success("yes"))));
        var start = Start();

        var result = await client.ExecuteUpdateWithStartWorkflowAsync<string>("approve", ["me"], new("update-1", start));

        result.ShouldBe("yes");
        var handle = await start.GetHandleAsync();
        handle.Id.ShouldBe("wf");
        handle.ResultRunId.ShouldBe("run-1");
        var request = script.RequestsOf<ExecuteMultiOperationRequest>()[0];
        request.Operations[0].StartWorkflow.WorkflowIdConflictPolicy.ShouldBe(WorkflowIdConflictPolicy.UseExisting);
        request.Operations[1].UpdateWorkflow.WorkflowExecution.WorkflowId.ShouldBe("wf");
        request.Operations[1].UpdateWorkflow.Request.Meta.UpdateId.ShouldBe("update-1");
    }

    [Fact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_OperationUsedAgain_Throws()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer(MultiRpc, Multi(Updated(Stage.Completed, Success("yes"))));
        var start = Start();
        await client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(start));

        (await Should.ThrowAsync<ArgumentException>(
            () => client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(start))))
            .Message.ShouldContain("already used");
        (await start.GetHandleAsync()).Id.ShouldBe("wf");
    }

    [Fact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_InvalidStart_ThrowsToBoth()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        WorkflowOptions[] invalid =
        [
            new("wf", "queue"),
            new("wf", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.Fail, StartSignal = "s" },
            new("wf", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.Fail, RequestEagerStart = true },
            new("wf", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.Fail, Rpc = new() },
        ];

        foreach (var options in invalid)
        {
            var start = WithStartWorkflowOperation.Create("Flow", [], options);
            var thrown = await Should.ThrowAsync<ArgumentException>(
                () => client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(start)));
            (await Should.ThrowAsync<ArgumentException>(() => start.GetHandleAsync())).ShouldBeSameAs(thrown);
        }
        await Should.ThrowAsync<ArgumentException>(() => client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new()));
        script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_StartRefused_ThrowsAlreadyStarted()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Fail(MultiRpc, MultiError(
            RpcException.StatusCode.AlreadyExists, Any.Pack(new WorkflowExecutionAlreadyStartedFailure { RunId = "run-0" })));
        var start = Start();

        var thrown = await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(start)));

        thrown.RunId.ShouldBe("run-0");
        (await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => start.GetHandleAsync())).ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_UpdateRefused_ThrowsItsOwnError()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var status = new GrpcStatus
        {
            Code = (int)RpcException.StatusCode.InvalidArgument,
            Details =
            {
                Any.Pack(new MultiOperationExecutionFailure
                {
                    Statuses =
                    {
                        new MultiOperationExecutionFailure.Types.OperationStatus
                        {
                            Code = (int)RpcException.StatusCode.Aborted,
                            Details = { Any.Pack(new MultiOperationExecutionAborted()) },
                        },
                        new MultiOperationExecutionFailure.Types.OperationStatus
                        {
                            Code = (int)RpcException.StatusCode.InvalidArgument, Message = "bad update",
                        },
                    },
                }),
            },
        };
        script.Fail(MultiRpc, new RpcException(RpcException.StatusCode.InvalidArgument, "multi", status.ToByteArray()));

        var thrown = await Should.ThrowAsync<RpcException>(
            () => client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(Start())));

        thrown.Message.ShouldBe("bad update");
        thrown.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    }

    private static WithStartWorkflowOperation<WorkflowHandle> Start() => WithStartWorkflowOperation.Create(
        "Flow", [], new("wf", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

    private static RpcException MultiError(RpcException.StatusCode code, Any detail)
    {
        var failure = new MultiOperationExecutionFailure
        {
            Statuses =
            {
                new MultiOperationExecutionFailure.Types.OperationStatus { Code = (int)code, Details = { detail } },
                new MultiOperationExecutionFailure.Types.OperationStatus
                {
                    Code = (int)RpcException.StatusCode.Aborted,
                    Details = { Any.Pack(new MultiOperationExecutionAborted()) },
                },
            },
        };
        var status = new GrpcStatus { Code = (int)code, Details = { Any.Pack(failure) } };
        return new(code, "multi", status.ToByteArray());
    }

    private static Outcome Success(string value) => new()
    {
        Success = new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload(value) } },
    };

    private static UpdateWorkflowExecutionResponse Updated(Stage stage, Outcome? outcome = null) => new()
    {
        Stage = stage,
        Outcome = outcome,
        UpdateRef = new() { WorkflowExecution = new() { WorkflowId = "wf", RunId = "run-1" } },
    };

    private static ExecuteMultiOperationResponse Multi(UpdateWorkflowExecutionResponse updated) => new()
    {
        Responses =
        {
            new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = new() { RunId = "run-1" } },
            new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = updated },
        },
    };
}
