using Temporalio.DevServer.Clock;

namespace Temporalio.DevServer.Tests.Clock;

public class DueTimesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryTake_ManyKeysSetChangedAndRemoved_GivesWhatIsDueInOrder()
    {
        var random = new Random(7);
        var times = new DueTimes<int>();
        var expected = new Dictionary<int, DateTimeOffset>();
        for (var i = 0; i < 20_000; i++)
        {
            var key = random.Next(2_000);
            DateTimeOffset? due = random.Next(4) == 0 ? null : T0.AddSeconds(random.Next(10_000));
            times.Set(key, due);
            if (due is { } time)
                expected[key] = time;
            else
                expected.Remove(key);
        }

        times.Count.ShouldBe(expected.Count);
        times.Earliest.ShouldBe(expected.Values.Min());
        var last = DateTimeOffset.MinValue;
        while (times.TryTake(T0.AddSeconds(5_000), out var key))
        {
            expected.Remove(key, out var due).ShouldBeTrue();
            due.ShouldBeGreaterThanOrEqualTo(last);
            last = due;
        }

        expected.Values.ShouldAllBe(d => d > T0.AddSeconds(5_000));
        times.Count.ShouldBe(expected.Count);
    }

    [Fact]
    public void TryTake_NothingDueYet_GivesNothing()
    {
        var times = new DueTimes<string>();
        times.Set("a", T0.AddTicks(1));
        times.TryTake(T0, out _).ShouldBeFalse();
        times.TryTake(T0.AddTicks(1), out var key).ShouldBeTrue();
        key.ShouldBe("a");
        times.Earliest.ShouldBeNull();
    }

    [Fact]
    public void Earlier_OnlyWhenTheEarliestMovesForward_IsRaised()
    {
        var times = new DueTimes<string>();
        var raised = 0;
        times.Earlier += () => raised++;
        times.Set("a", T0.AddSeconds(10));
        raised.ShouldBe(1);
        times.Set("b", T0.AddSeconds(20));
        raised.ShouldBe(1);
        times.Set("b", T0.AddSeconds(5));
        raised.ShouldBe(2);
        times.Set("b", null);
        raised.ShouldBe(2);
    }
}
