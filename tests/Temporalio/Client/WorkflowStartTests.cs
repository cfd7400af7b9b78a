using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Client;

public class WorkflowStartTests
{
    [Workflow("Greeting")]
    public interface IGreeting
    {
        [WorkflowRun]
        Task<string> RunAsync(string name);

        [WorkflowSignal("poke")]
        Task PokeAsync(int times);

        [WorkflowQuery("state")]
        string State { get; }
    }

    [Fact]
    public async Task StartWorkflowAsync_AllOptions_AreInTheRequest()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer("StartWorkflowExecution", new StartWorkflowExecutionResponse { RunId = "run-1" });
        var key = SearchAttributeKey.CreateKeyword("Status");

        var handle = await client.StartWorkflowAsync((IGreeting wf) => wf.RunAsync("you"), new("wf-1", "queue")
        {
            StaticSummary = "summary",
            StaticDetails = "details",
            ExecutionTimeout = TimeSpan.FromDays(2),
            RunTimeout = TimeSpan.FromDays(1),
            TaskTimeout = TimeSpan.FromSeconds(5),
            IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            RetryPolicy = new() { MaximumAttempts = 3, NonRetryableErrorTypes = ["Refused"] },
            CronSchedule = "@daily",
            Memo = new Dictionary<string, object> { ["note"] = "memo" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(key, "NEW").ToSearchAttributeCollection(),
            StartDelay = TimeSpan.FromMinutes(1),
            Priority = new(priorityKey: 2, fairnessKey: "tenant"),
            VersioningOverride = new VersioningOverride.Pinned(new("deployment", "1.0")),
        });

        handle.Id.ShouldBe("wf-1");
        handle.RunId.ShouldBeNull();
        handle.ResultRunId.ShouldBe("run-1");
        handle.FirstExecutionRunId.ShouldBe("run-1");
        var request = script.RequestsOf<StartWorkflowExecutionRequest>().Single();
        request.Namespace.ShouldBe("scripted");
        request.Identity.ShouldBe("tester");
        request.RequestId.ShouldNotBeEmpty();
        request.WorkflowId.ShouldBe("wf-1");
        request.WorkflowType.Name.ShouldBe("Greeting");
        request.TaskQueue.Name.ShouldBe("queue");
        request.Input.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"you\"");
        request.WorkflowExecutionTimeout.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromDays(2)));
        request.WorkflowRunTimeout.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromDays(1)));
        request.WorkflowTaskTimeout.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromSeconds(5)));
        request.WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.RejectDuplicate);
        request.WorkflowIdConflictPolicy.ShouldBe(WorkflowIdConflictPolicy.UseExisting);
        request.RetryPolicy.MaximumAttempts.ShouldBe(3);
        request.RetryPolicy.BackoffCoefficient.ShouldBe(2);
        request.RetryPolicy.InitialInterval.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromSeconds(1)));
        request.RetryPolicy.NonRetryableErrorTypes.ShouldBe(["Refused"]);
        request.CronSchedule.ShouldBe("@daily");
        request.Memo.Fields["note"].Data.ToStringUtf8().ShouldBe("\"memo\"");
        request.SearchAttributes.IndexedFields["Status"].Data.ToStringUtf8().ShouldBe("\"NEW\"");
        request.WorkflowStartDelay.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromMinutes(1)));
        request.UserMetadata.Summary.Data.ToStringUtf8().ShouldBe("\"summary\"");
        request.UserMetadata.Details.Data.ToStringUtf8().ShouldBe("\"details\"");
        request.Priority.PriorityKey.ShouldBe(2);
        request.Priority.FairnessKey.ShouldBe("tenant");
        request.VersioningOverride.Pinned.Version.BuildId.ShouldBe("1.0");
        script.Calls.Single().Options!.Retry.ShouldBe(true);
    }

    [Fact]
    public async Task StartWorkflowAsync_StartSignal_SendsBothAtOnce()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer("SignalWithStartWorkflowExecution", new SignalWithStartWorkflowExecutionResponse { RunId = "run-1" });
        var options = new WorkflowOptions("wf-1", "queue") { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting };
        options.SignalWithStart((IGreeting wf) => wf.PokeAsync(3));

        var handle = await client.StartWorkflowAsync((IGreeting wf) => wf.RunAsync("you"), options);

        handle.ResultRunId.ShouldBe("run-1");
        handle.FirstExecutionRunId.ShouldBeNull();
        var request = script.RequestsOf<SignalWithStartWorkflowExecutionRequest>().Single();
        request.SignalName.ShouldBe("poke");
        request.SignalInput.Payloads_.Single().Data.ToStringUtf8().ShouldBe("3");
        request.Input.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"you\"");
        request.WorkflowType.Name.ShouldBe("Greeting");
        request.WorkflowIdConflictPolicy.ShouldBe(WorkflowIdConflictPolicy.UseExisting);
    }

    [Fact]
    public async Task StartWorkflowAsync_IdInUse_ThrowsAlreadyStarted()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var status = new GrpcStatus
        {
            Code = (int)RpcException.StatusCode.AlreadyExists,
            Details = { Any.Pack(new WorkflowExecutionAlreadyStartedFailure { RunId = "run-0" }) },
        };
        script.Fail(
            "StartWorkflowExecution",
            new RpcException(RpcException.StatusCode.AlreadyExists, "in use", status.ToByteArray()));

        var thrown = await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => client.StartWorkflowAsync("Greeting", [], new("wf-1", "queue")));

        thrown.WorkflowId.ShouldBe("wf-1");
        thrown.WorkflowType.ShouldBe("Greeting");
        thrown.RunId.ShouldBe("run-0");
    }

    [Fact]
    public async Task StartWorkflowAsync_OtherServerError_StaysAnRpcException()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Fail("StartWorkflowExecution", new RpcException(RpcException.StatusCode.AlreadyExists, "no details", null));

        await Should.ThrowAsync<RpcException>(() => client.StartWorkflowAsync("Greeting", [], new("wf-1", "queue")));
    }

    [Fact]
    public async Task StartWorkflowAsync_InvalidOptions_ThrowBeforeAnyCall()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        WorkflowOptions[] invalid =
        [
            new() { TaskQueue = "queue" },
            new() { Id = "wf" },
            new("wf", "queue") { StartSignalArgs = [1] },
            new("wf", "queue") { Memo = new Dictionary<string, object> { ["null"] = null! } },
        ];

        foreach (var options in invalid)
        {
            await Should.ThrowAsync<ArgumentException>(() => client.StartWorkflowAsync("Greeting", [], options));
        }
        script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task StartWorkflowAsync_CodecAndHeaders_EverythingIsEncoded()
    {
        var (client, script) = ScriptedConnection.CreateClient(new()
        {
            DataConverter = DataConverter.Default with { PayloadCodec = new Base64Codec() },
            Interceptors = [new HeaderInterceptor()],
        });
        script.Answer("StartWorkflowExecution", new StartWorkflowExecutionResponse { RunId = "run-1" });

        await client.StartWorkflowAsync("Greeting", ["you"], new("wf", "queue")
        {
            Memo = new Dictionary<string, object> { ["note"] = "memo" },
            StaticSummary = "summary",
        });

        var request = script.RequestsOf<StartWorkflowExecutionRequest>().Single();
        Payload[] all =
        [
            request.Input.Payloads_.Single(), request.Memo.Fields["note"], request.UserMetadata.Summary,
            request.Header.Fields["trace"],
        ];
        all.ShouldAllBe(p => p.Metadata["encoding"].ToStringUtf8() == Base64Codec.Encoding);
    }

    [Fact]
    public async Task Interceptors_Several_FirstIsOutermost()
    {
        var log = new List<string>();
        var (client, script) = ScriptedConnection.CreateClient(
            new() { Interceptors = [new LoggingInterceptor("outer", log), new LoggingInterceptor("inner", log)] });
        script
            .Answer("SignalWorkflowExecution", new SignalWorkflowExecutionResponse())
            .Answer("QueryWorkflow", new QueryWorkflowResponse());
        var handle = client.GetWorkflowHandle<IGreeting>("wf");

        await handle.SignalAsync(wf => wf.PokeAsync(1));
        (await handle.QueryAsync(wf => wf.State)).ShouldBeNull();

        log.ShouldBe(["outer poke", "inner poke"]);
        script.RequestsOf<QueryWorkflowRequest>().Single().Query.QueryType.ShouldBe("state");
    }

    [Fact]
    public async Task Plugins_ConnectAndConfigure_InOrder()
    {
        var log = new List<string>();
        var options = new TemporalClientConnectOptions("localhost:1")
        {
            Plugins = [new LoggingPlugin("first", log), new LoggingPlugin("second", log)],
        };

        var client = await TemporalClient.ConnectAsync(options);

        client.Options.Namespace.ShouldBe("from second");
        log.ShouldBe(["first connects", "second connects", "first configures", "second configures"]);
    }

    private sealed class HeaderInterceptor : IClientInterceptor
    {
        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(nextInterceptor);

        private sealed class Outbound(ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
        {
            public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input) =>
                base.StartWorkflowAsync<TWorkflow, TResult>(input with
                {
                    Headers = new Dictionary<string, Payload>
                    {
                        ["trace"] = DataConverter.Default.PayloadConverter.ToPayload("id"),
                    },
                });
        }
    }

    private sealed class LoggingInterceptor(string name, List<string> log) : IClientInterceptor
    {
        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
            new Outbound(nextInterceptor, name, log);

        private sealed class Outbound(ClientOutboundInterceptor next, string name, List<string> log)
            : ClientOutboundInterceptor(next)
        {
            public override Task SignalWorkflowAsync(SignalWorkflowInput input)
            {
                log.Add($"{name} {input.Signal}");
                return base.SignalWorkflowAsync(input);
            }
        }
    }

    private sealed class LoggingPlugin(string name, List<string> log) : ITemporalClientPlugin
    {
        public string Name => name;

        public void ConfigureClient(TemporalClientOptions options)
        {
            log.Add($"{name} configures");
            options.Namespace = $"from {name}";
        }

        public Task<TemporalConnection> ConnectAsync(
            TemporalClientConnectOptions options,
            Func<TemporalClientConnectOptions, Task<TemporalConnection>> continuation)
        {
            log.Add($"{name} connects");
            // The innermost one takes a lazy connection, so that nothing is called.
            return name == "second" ? Task.FromResult(TemporalConnection.CreateLazy(options)) : continuation(options);
        }
    }
}
