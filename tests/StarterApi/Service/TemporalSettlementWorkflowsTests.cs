using System.Text.Json;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Domain;
using Settlement.Hosting;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Temporal;
using Settlement.Workflows.Contracts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;

namespace Settlement.StarterApi.Tests.Service;

/// <summary>The seam against a Temporal server, without a worker: what a start leaves behind, and how each outcome is told apart.</summary>
public sealed class TemporalSettlementWorkflowsTests : IAsyncLifetime
{
    private static readonly ActionKeys Keys = new([new byte[ActionKeys.MinKeyBytes]]);

    private readonly string logFile = Path.GetTempFileName();
    private TemporalServer? server;
    private ITemporalClient? client;

    public async ValueTask InitializeAsync()
    {
        server = TemporalServer.Embedded(FreePort.Any(), databaseUrl: null, logFile);
        await server.StartAsync(CancellationToken.None);
        client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address));
        await client.Connection.OperatorService.AddSearchAttributesAsync(new AddSearchAttributesRequest
        {
            Namespace = "default",
            SearchAttributes =
            {
                ["SettlementStatus"] = IndexedValueType.Keyword, ["SettlementKind"] = IndexedValueType.Keyword, ["EntityId"] = IndexedValueType.Keyword,
                ["Currency"] = IndexedValueType.Keyword, ["AttentionReason"] = IndexedValueType.Keyword, ["DueDate"] = IndexedValueType.Datetime,
                ["NeedsAttention"] = IndexedValueType.Bool,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(logFile);
    }

    [Fact]
    public async Task Start_Twice_IsOneWorkflowThatOperatorsCanRead()
    {
        var (workflows, request) = (Workflows(), Request());

        await workflows.StartAsync(request, CancellationToken.None);
        await workflows.StartAsync(request, CancellationToken.None);

        var described = await client!.GetWorkflowHandle("settlement-" + request.Reference).DescribeAsync();
        described.TaskQueue.ShouldBe("settlements");
        described.TypedSearchAttributes.Get(SettlementSearchAttributes.SettlementStatus).ShouldBe("PENDING");
        described.TypedSearchAttributes.Get(SettlementSearchAttributes.NeedsAttention).ShouldBeFalse();
        (await described.GetStaticSummaryAsync()).ShouldNotBeNull().ShouldContain("7524.00 USD");
        described.Memo.Keys.ShouldBe(["settlement_id", "bank"], ignoreOrder: true);
    }

    [Fact]
    public async Task Deliver_ToARunningWorkflow_IsDelivered_AndToNoneIsNotOpen()
    {
        var (workflows, request) = (Workflows(), Request());
        var message = new BankMessage { MessageId = "M-1", Uetr = Uetr.New().ToString(), Status = BankMessageStatus.Settled };
        (await workflows.DeliverAsync(request.Reference, message, CancellationToken.None)).ShouldBe(DeliveryOutcome.NotOpen);

        await workflows.StartAsync(request, CancellationToken.None);
        (await workflows.DeliverAsync(request.Reference, message, CancellationToken.None)).ShouldBe(DeliveryOutcome.Delivered);

        await client!.GetWorkflowHandle("settlement-" + request.Reference).TerminateAsync("test");
        (await workflows.DeliverAsync(request.Reference, message, CancellationToken.None)).ShouldBe(DeliveryOutcome.NotOpen);
    }

    [Fact]
    public async Task Act_WithoutAWorkflow_IsNotOpen_AndWithoutAnAnswerIsUnanswered()
    {
        var (workflows, request) = (Workflows(), Request());
        var action = new OperatorAction { Operator = "olga", Reason = "again", RequestId = "request-1", Source = ActorSources.Api };
        (await workflows.PerformAsync(request.Reference, SettlementNames.RetryUpdate, action, CancellationToken.None)).Kind.ShouldBe(ActionOutcomeKind.NotOpen);

        await workflows.StartAsync(request, CancellationToken.None);
        (await workflows.PerformAsync(request.Reference, SettlementNames.RetryUpdate, action, CancellationToken.None)).Kind.ShouldBe(ActionOutcomeKind.Unanswered);
    }

    [Fact]
    public async Task Operate_AnAct_LeavesTheApiSigned()
    {
        var action = new SwitchAction { Operator = "ada", Reason = "maintenance", RequestId = "request-2", Source = ActorSources.Api, Name = "transfers", Stopped = true };

        (await Workflows().OperateAsync(OperationNames.SetSwitch, action, CancellationToken.None)).Kind.ShouldBe(ActionOutcomeKind.Unanswered);

        var id = OperationNames.WorkflowId(OperationNames.SetSwitch, action.Operator, action.RequestId);
        var history = await client!.GetWorkflowHandle(id).FetchHistoryAsync();
        var started = history.Events.First().WorkflowExecutionStartedEventAttributes;
        var sent = JsonSerializer.Deserialize<SwitchAction>(started.Input.Payloads_.Single().Data.Span)!;
        (sent with { Signature = null }).ShouldBe(action);
        Keys.HaveSigned(OperationNames.SetSwitch, "", sent).ShouldBeTrue();
        Keys.HaveSigned(OperationNames.SetSwitch, "", sent with { Stopped = false }).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_AgainstARunningServer_Passes()
    {
        await Should.NotThrowAsync(() => Workflows().CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Start_WithoutAServer_FailsWithinItsLimit()
    {
        var nobody = TemporalClient.CreateLazy(new TemporalClientConnectOptions($"127.0.0.1:{FreePort.Any()}"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Should.ThrowAsync<Exception>(() => Workflows(nobody).StartAsync(Request(), patience.Token));
        patience.IsCancellationRequested.ShouldBeFalse("the limit of one second must have ended it");
    }

    private TemporalSettlementWorkflows Workflows(ITemporalClient? other = null) => new(
        other ?? client!, Keys, Microsoft.Extensions.Options.Options.Create(new TemporalOptions { StartTimeoutSeconds = other is null ? 10 : 1 }),
        Microsoft.Extensions.Options.Options.Create(new ApiOptions { UpdateTimeoutSeconds = 2 }));

    private static SettlementRequest Request() => new()
    {
        SettlementId = Guid.CreateVersion7(),
        Reference = SettlementReference.New(new DateOnly(2026, 11, 22)),
        Kind = SettlementKind.Cash,
        EntityId = "ENTITY-A",
        DebtorAccountId = "A-USD-1",
        Bank = "simbank",
        Currency = "USD",
        AmountMinor = 752400,
        StartedBy = "sara",
        RequestedAt = DateTimeOffset.UtcNow,
    };
}
