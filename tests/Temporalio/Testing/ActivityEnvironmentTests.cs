using Temporalio.Activities;
using Temporalio.Testing;

namespace Temporalio.InTree.Tests.Testing;

public class ActivityEnvironmentTests
{
    [Fact]
    public async Task RunAsync_Activity_HasItsContextOnlyWhileItRuns()
    {
        var environment = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { Attempt = 3 } };
        var attempt = await environment.RunAsync(async () =>
        {
            await Task.Yield();
            return ActivityExecutionContext.Current.Info.Attempt;
        });
        attempt.ShouldBe(3);
        var ran = false;
        await environment.RunAsync(() => { ran = ActivityExecutionContext.HasCurrent; });
        ran.ShouldBeTrue();
        ActivityExecutionContext.HasCurrent.ShouldBeFalse();
    }

    [Fact]
    public async Task Heartbeat_InTheActivity_ReachesTheCallback()
    {
        var beats = new List<object?>();
        var environment = new ActivityEnvironment { Heartbeater = details => beats.AddRange(details) };
        await environment.RunAsync(() => ActivityExecutionContext.Current.Heartbeat("half", 50));
        beats.ShouldBe(["half", 50]);
    }

    [Fact]
    public async Task Cancel_WhileRunning_CancelsTheTokenWithItsReason()
    {
        var environment = new ActivityEnvironment();
        var running = environment.RunAsync(async () =>
        {
            await Should.ThrowAsync<OperationCanceledException>(Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken));
            return ActivityExecutionContext.Current.CancelReason;
        });
        environment.Cancel(ActivityCancelReason.Timeout);
        environment.Cancel(ActivityCancelReason.CancelRequested);
        (await running).ShouldBe(ActivityCancelReason.Timeout);
    }
}
