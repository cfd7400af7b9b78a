using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Worker;
using Temporalio.Worker.ActivityTasks;
using Temporalio.Worker.Tuning;

namespace Temporalio.InTree.Tests.Worker;

public sealed class TuningTests
{
    private static readonly SlotReserveContext Context = new(SlotType.Activity, "queue", "me", string.Empty, false);

    [Fact]
    public async Task FixedSize_WhenAllAreTaken_WaitsForARelease()
    {
        var pool = new FixedSizeSlotSupplier(1).NewPool(SlotType.Activity, NullLogger.Instance);
        var permit = await pool.ReserveAsync(Context, CancellationToken.None);
        pool.TryReserve(Context).ShouldBeNull();
        var waiting = pool.ReserveAsync(Context, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        pool.Release(new(null, permit));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Tuner_WithTwoTargetsForOneProcess_Refuses() => Should.Throw<ArgumentException>(() => new WorkerTuner(
        new FixedSizeSlotSupplier(1),
        new ResourceBasedSlotSupplier(new(), new(0.5, 0.5)),
        new ResourceBasedSlotSupplier(new(), new(0.2, 0.2)))).Message.ShouldContain("same ResourceBasedTunerOptions");

    [Fact]
    public void FixedSize_Zero_Refuses() => Should.Throw<ArgumentOutOfRangeException>(() => new FixedSizeSlotSupplier(0));

    [Theory]
    [InlineData(0.5, 0.5, 4)]
    [InlineData(0.9, 0.5, 2)]
    [InlineData(0.5, 0.9, 2)]
    public void ResourceBased_UnderLoad_GivesTheMinimumOnly(double memory, double cpu, int expected)
    {
        var pool = new ResourceBasedSlotPool(
            minimum: 2, maximum: 4, TimeSpan.Zero, new(0.8, 0.8), new(() => memory, () => cpu), new ManualTime());

        var given = Enumerable.Range(0, 10).Count(_ => pool.TryReserve(Context) != null);

        given.ShouldBe(expected);
    }

    [Fact]
    public void ResourceBased_BeyondTheMinimum_WaitsForTheRampThrottle()
    {
        var time = new ManualTime();
        var pool = new ResourceBasedSlotPool(1, 10, TimeSpan.FromMilliseconds(50), new(1, 1), new(() => 0, () => 0), time);
        pool.TryReserve(Context).ShouldNotBeNull();
        pool.TryReserve(Context).ShouldBeNull();

        time.Advance(TimeSpan.FromMilliseconds(50));

        pool.TryReserve(Context).ShouldNotBeNull();
    }

    [Fact]
    public void ResourceGauge_OfThisProcess_ReadsShares()
    {
        var gauge = ResourceGauge.OfThisProcess();

        gauge.Memory().ShouldBeInRange(0.0001, 1.5);
        gauge.Cpu().ShouldBeInRange(0, 1.5);
    }

    [Fact]
    public async Task Custom_ThatFailsOnce_IsAskedAgain()
    {
        var supplier = new Flaky();
        var pool = supplier.NewPool(SlotType.Activity, NullLogger.Instance);

        var permit = await pool.ReserveAsync(Context, CancellationToken.None);

        permit.UserData.ShouldBe("second");
        pool.TryReserve(Context).ShouldBeNull();
        pool.Release(new(null, permit));
        pool.MarkUsed(new(new SlotInfo.ActivitySlotInfo("A"), permit));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(10, 8)]
    [InlineData(1000, 60)]
    public void ThrottleInterval_OfATimeout_FollowsTheOfficialRule(int? timeoutSeconds, int expectedSeconds)
    {
        TimeSpan? timeout = timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        ActivityHeartbeats.ThrottleInterval(timeout, new TemporalWorkerOptions()).ShouldBe(TimeSpan.FromSeconds(expectedSeconds));
    }

    private sealed class Flaky : CustomSlotSupplier
    {
        private int calls;

        public override Task<SlotPermit> ReserveSlotAsync(SlotReserveContext ctx, CancellationToken cancellationToken) =>
            ++calls == 1 ? throw new InvalidOperationException("first") : Task.FromResult(new SlotPermit("second"));

        public override SlotPermit? TryReserveSlot(SlotReserveContext ctx) => throw new InvalidOperationException("try");

        public override void MarkSlotUsed(SlotMarkUsedContext ctx) => throw new InvalidOperationException("mark");

        public override void ReleaseSlot(SlotReleaseContext ctx) => throw new InvalidOperationException("release");
    }
}
