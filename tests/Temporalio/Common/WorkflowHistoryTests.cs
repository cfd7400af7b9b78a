using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace Temporalio.InTree.Tests.Common;

public class WorkflowHistoryTests
{
    private const string ShortForm =
        """
        {
          "events": [
            {
              "eventId": "1",
              "eventTime": "2026-11-22T04:00:00Z",
              "eventType": "WorkflowExecutionStarted",
              "someFieldOfTheFuture": { "a": 1 },
              "workflowExecutionStartedEventAttributes": {
                "workflowType": { "name": "Flow" },
                "taskQueue": { "name": "queue", "kind": "Normal" },
                "continuedFailure": {
                  "message": "outer",
                  "activityFailureInfo": { "retryState": "MaximumAttemptsReached" },
                  "cause": { "message": "inner", "timeoutFailureInfo": { "timeoutType": "ScheduleToClose" } }
                },
                "initiator": "CronSchedule",
                "workflowRunTimeout": "10s",
                "searchAttributes": { "indexedFields": { "Status": { "metadata": { "type": "S2V5d29yZA==" }, "data": "IngI" } } }
              }
            },
            {
              "eventId": "2",
              "eventType": "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED",
              "workflowTaskScheduledEventAttributes": { "taskQueue": { "kind": "TASK_QUEUE_KIND_STICKY" } }
            }
          ]
        }
        """;

    [Fact]
    public void FromJson_ShortAndFullEnumNames_AreRead()
    {
        var history = WorkflowHistory.FromJson("wf", ShortForm);

        history.Id.ShouldBe("wf");
        var started = history.Events.First().WorkflowExecutionStartedEventAttributes;
        history.Events.First().EventType.ShouldBe(EventType.WorkflowExecutionStarted);
        started.TaskQueue.Kind.ShouldBe(TaskQueueKind.Normal);
        started.Initiator.ShouldBe(ContinueAsNewInitiator.CronSchedule);
        started.WorkflowRunTimeout.ShouldBe(Duration.FromTimeSpan(TimeSpan.FromSeconds(10)));
        started.ContinuedFailure.ActivityFailureInfo.RetryState.ShouldBe(RetryState.MaximumAttemptsReached);
        started.ContinuedFailure.Cause.TimeoutFailureInfo.TimeoutType.ShouldBe(TimeoutType.ScheduleToClose);
        started.SearchAttributes.IndexedFields["Status"].Metadata["type"].ToStringUtf8().ShouldBe("Keyword");
        history.Events.Last().EventType.ShouldBe(EventType.WorkflowTaskScheduled);
        history.Events.Last().WorkflowTaskScheduledEventAttributes.TaskQueue.Kind.ShouldBe(TaskQueueKind.Sticky);
    }

    [Fact]
    public void ToJson_History_ReadsBackAndHasFullNames()
    {
        var original = WorkflowHistory.FromJson("wf", ShortForm);

        var json = original.ToJson();
        using var writer = new StringWriter();
        original.ToJson(writer);

        json.ShouldContain("EVENT_TYPE_WORKFLOW_EXECUTION_STARTED");
        writer.ToString().ShouldBe(json);
        WorkflowHistory.FromJson("wf", json).Events.ShouldBe(original.Events);
    }

    [Fact]
    public void FromJson_EveryEventType_HasAShortName()
    {
        foreach (var type in System.Enum.GetValues<EventType>())
        {
            var json = $$"""{"events":[{"eventType":"{{type}}"}]}""";
            WorkflowHistory.FromJson("wf", json).Events.Single().EventType.ShouldBe(type);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("""{"events":[{"eventType":"NoSuchEvent"}]}""")]
    [InlineData("""{"events":"text"}""")]
    [InlineData("""{"events":[{"eventTime":"yesterday"}]}""")]
    public void FromJson_SomethingElse_Throws(string json) =>
        Should.Throw<ArgumentException>(() => WorkflowHistory.FromJson("wf", json));

    [Fact]
    public void FromJson_AbsurdDepth_Throws()
    {
        var nested = string.Concat(Enumerable.Repeat("""{"cause":""", 5000)) + "{}" + new string('}', 5000);
        var json = """{"events":[{"workflowExecutionFailedEventAttributes":{"failure":""" + nested + "}}]}";

        Should.Throw<ArgumentException>(() => WorkflowHistory.FromJson("wf", json));
    }

    [Fact]
    public void ToJson_DeepFailure_ReadsBack()
    {
        var failure = new Failure { Message = "root" };
        for (var i = 0; i < 60; i++)
        {
            failure = new() { Message = $"level {i}", Cause = failure };
        }
        var history = new WorkflowHistory(
            "wf", [new HistoryEvent { WorkflowExecutionFailedEventAttributes = new() { Failure = failure } }]);

        WorkflowHistory.FromJson("wf", history.ToJson()).Events.ShouldBe(history.Events);
    }
}
