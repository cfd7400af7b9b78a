using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Which events belong to which workflow task.</summary>
public sealed class HistoryQueueTests
{
    private const EventType Scheduled = EventType.WorkflowTaskScheduled;
    private const EventType Started = EventType.WorkflowTaskStarted;
    private const EventType Completed = EventType.WorkflowTaskCompleted;

    [Fact]
    public void TakeNext_TasksWithCommands_EndAtTheirStarts() => Tasks(
        EventType.WorkflowExecutionStarted, Scheduled, Started, Completed, EventType.TimerStarted, EventType.TimerFired,
        Scheduled, Started, Completed, EventType.WorkflowExecutionCompleted).ShouldBe([3, 8, 10]);

    [Fact]
    public void TakeNext_TaskThatOnlyKeptAlive_IsPartOfTheNext() => Tasks(
        EventType.WorkflowExecutionStarted, Scheduled, Started, Completed, Scheduled, Started, Completed,
        EventType.MarkerRecorded, EventType.WorkflowExecutionCompleted).ShouldBe([6, 9]);

    [Fact]
    public void TakeNext_TaskWithoutCommandsThatASignalFollows_CountsAlone() => Tasks(
        EventType.WorkflowExecutionStarted, Scheduled, Started, Completed, EventType.WorkflowExecutionSignaled,
        Scheduled, Started).ShouldBe([3, 7]);

    [Theory]
    [InlineData(EventType.WorkflowTaskFailed)]
    [InlineData(EventType.WorkflowTaskTimedOut)]
    public void TakeNext_TaskThatDidNotComplete_IsPassedOver(EventType end) => Tasks(
        EventType.WorkflowExecutionStarted, Scheduled, Started, end, Scheduled, Started, Completed,
        EventType.TimerStarted).ShouldBe([6, 8]);

    [Fact]
    public void PeekNext_TakesNothing()
    {
        var queue = new HistoryQueue(Events(EventType.WorkflowExecutionStarted, Scheduled, Started, Completed, EventType.TimerStarted), 0);
        queue.TakeNext(0).Count.ShouldBe(3);
        queue.PeekNext(3).Select(e => e.EventId).ShouldBe([4, 5]);
        queue.TakeNext(3).Count.ShouldBe(2);
        queue.IsEmpty.ShouldBeTrue();
    }

    private static List<long> Tasks(params EventType[] types)
    {
        var queue = new HistoryQueue(Events(types), 0);
        var ends = new List<long>();
        while (!queue.IsEmpty)
        {
            ends.Add(queue.TakeNext(ends.LastOrDefault())[^1].EventId);
        }
        return ends;
    }

    private static HistoryEvent[] Events(params EventType[] types) =>
        [.. types.Select((type, i) => new HistoryEvent { EventId = i + 1, EventType = type })];
}
