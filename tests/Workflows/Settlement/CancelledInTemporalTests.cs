using Microsoft.Extensions.Logging.Abstractions;
using Settlement.AppHost.Temporal;
using Settlement.Domain;
using Settlement.Workflows.Tests.Support;
using Temporalio.Exceptions;
using Temporalio.Testing;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>
/// <c>temporal workflow cancel</c>, or the Web UI's button, on a settlement that waits: it ends at once, by a clock that nobody moves. (Tests that
/// skip time cannot see a settlement that sleeps on: for them its next timer is at once, too.)
/// </summary>
/// <param name="server">Executable of the server, null if it is not on this machine.</param>
public abstract class CancelledInTemporalTests(string? server) : SkippedTimeTest(server)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    [Fact]
    public Task Cancelled_InTemporalWhileScheduled_EndsCancelledInBoth()
    {
        var activities = CancellationTests.Scheduled();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);
            await settlement.Handle.CancelAsync();

            (await settlement.UntilEndedByCancelAsync()).ShouldBeLessThan(AtOnce);

            var ended = await Should.ThrowAsync<WorkflowFailedException>(settlement.ResultAsync);
            ended.InnerException.ShouldBeOfType<CanceledFailureException>();
            activities.Path.Last().ShouldBe(Cancelled);
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Cancelled_InTemporalAfterThePointOfNoReturn_StillRecallsAndReleases()
    {
        var activities = CancellationTests.Accepted();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.Handle.CancelAsync();

            (await settlement.UntilEndedByCancelAsync()).ShouldBeLessThan(AtOnce);

            await Should.ThrowAsync<WorkflowFailedException>(settlement.ResultAsync);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, RollingBack, Cancelled]);
            activities.Recalls.Count.ShouldBe(1);
            activities.Releases.Count.ShouldBe(1);
        });
    }

    [Fact]
    public Task Cancelled_InTemporalWhilePaused_EndsCancelled()
    {
        var activities = CancellationTests.Scheduled();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.PauseAsync(Requests.By("olga", null)));
            await settlement.Handle.CancelAsync();

            (await settlement.UntilEndedByCancelAsync()).ShouldBeLessThan(AtOnce);
            activities.Path.Last().ShouldBe(Cancelled);
        });
    }

    /// <summary>A server with everybody's clock, started as the SDK starts the official dev server.</summary>
    protected override Task<WorkflowEnvironment> StartAsync(string server) => WorkflowEnvironment.StartLocalAsync(new()
    {
        DevServerOptions = new() { ExistingPath = server },
        Identity = Identity,
        LoggerFactory = NullLoggerFactory.Instance,
    });
}

/// <summary>On the embedded server.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class EmbeddedCancelledInTemporalTests() : CancelledInTemporalTests(EmbeddedExecutable.Find());

/// <summary>On the official dev server, where it is found.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class OfficialCancelledInTemporalTests() : CancelledInTemporalTests(Oracles.TemporalCli);
