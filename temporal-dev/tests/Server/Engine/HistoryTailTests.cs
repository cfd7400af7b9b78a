using Temporalio.Api.History.V1;
using Temporalio.DevServer.Engine;

namespace Temporalio.DevServer.Tests.Engine;

public class HistoryTailTests
{
    [Fact]
    public void Slice_WithinWhatIsKept_GivesExactlyIt()
    {
        var tail = new HistoryTail();
        tail.Append([Event(1), Event(2)], 100);
        tail.Append([Event(3)], 100);
        tail.Slice(1, 4)!.Select(e => e.EventId).ShouldBe([1L, 2, 3]);
        tail.Slice(2, 3)!.Select(e => e.EventId).ShouldBe([2L]);
        tail.Slice(3, 3)!.ShouldBeEmpty();
        tail.Slice(2, 5).ShouldBeNull();
    }

    [Fact]
    public void Append_MoreThanIsKept_DropsTheOldestBatches()
    {
        var tail = new HistoryTail();
        for (var i = 1; i <= 10; i++)
            tail.Append([Event(i)], 100_000);
        tail.Slice(1, 11).ShouldBeNull();
        tail.Slice(9, 11)!.Select(e => e.EventId).ShouldBe([9L, 10]);
        tail.Bytes.ShouldBeLessThanOrEqualTo(256 * 1024);
    }

    private static HistoryEvent Event(long id) => new() { EventId = id };
}
