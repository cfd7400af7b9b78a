using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public sealed class ActivityOptionRulesTests
{
    private static readonly ActivityOptions Current = new()
    {
        TaskQueue = new() { Name = "q" },
        StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        RetryPolicy = new RetryPolicy { MaximumAttempts = 3, BackoffCoefficient = 2 },
        Priority = new Priority { PriorityKey = 1 },
    };

    private static readonly ActivityOptions Wanted = new()
    {
        TaskQueue = new() { Name = "other" },
        StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(2)),
        ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(9)),
        RetryPolicy = new RetryPolicy { MaximumAttempts = 7, BackoffCoefficient = 3 },
    };

    [Theory]
    [InlineData("task_queue.name")]
    [InlineData("taskQueue")]
    [InlineData("start_to_close_timeout")]
    [InlineData("startToCloseTimeout")]
    [InlineData("scheduleToStartTimeout")]
    [InlineData("heartbeat_timeout")]
    [InlineData("priority")]
    [InlineData("retry_policy.maximum_attempts")]
    [InlineData("retryPolicy.backoffCoefficient")]
    public void Merge_OneField_ChangesThatAlone(string path)
    {
        var merged = ActivityOptionRules.Merge(Current, Wanted, new FieldMask { Paths = { path } }, Limits.Default);

        var name = path.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        merged.TaskQueue.Name.ShouldBe(name.StartsWith("TASKQUEUE", StringComparison.Ordinal) ? "other" : "q");
        merged.StartToCloseTimeout.ShouldBe(name == "STARTTOCLOSETIMEOUT" ? Wanted.StartToCloseTimeout : Current.StartToCloseTimeout);
        merged.ScheduleToStartTimeout.ShouldBe(name == "SCHEDULETOSTARTTIMEOUT" ? Wanted.ScheduleToStartTimeout : null);
        merged.HeartbeatTimeout.ShouldBe(name == "HEARTBEATTIMEOUT" ? null : Current.HeartbeatTimeout);
        merged.Priority.ShouldBe(name == "PRIORITY" ? null : Current.Priority);
        merged.RetryPolicy.MaximumAttempts.ShouldBe(name == "RETRYPOLICY.MAXIMUMATTEMPTS" ? 7 : 3);
        merged.RetryPolicy.BackoffCoefficient.ShouldBe(name == "RETRYPOLICY.BACKOFFCOEFFICIENT" ? 3 : 2);
    }

    [Fact]
    public void Merge_WholeRetryPolicy_LeavesWhatIsNotGiven() =>
        ActivityOptionRules.Merge(Current, new ActivityOptions { RetryPolicy = new RetryPolicy { MaximumAttempts = 9 } }, new FieldMask { Paths = { "retry_policy" } }, Limits.Default).RetryPolicy.BackoffCoefficient.ShouldBe(2);

    [Theory]
    [InlineData("identity")]
    [InlineData("retry_policy.non_retryable_error_types")]
    public void Merge_AnotherField_IsRefused(string path) =>
        Should.Throw<RpcRefusal>(() => ActivityOptionRules.Merge(Current, Wanted, new FieldMask { Paths = { path } }, Limits.Default)).Message.ShouldBe($"error applying mask: field {path} is not supported");
}
