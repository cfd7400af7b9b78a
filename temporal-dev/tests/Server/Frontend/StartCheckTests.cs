using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Frontend;

namespace Temporalio.DevServer.Tests.Frontend;

public class StartCheckTests
{
    public static TheoryData<string, Action<StartWorkflowExecutionRequest>, string> Wrong() => new()
    {
        { "no id", r => r.WorkflowId = "", "WorkflowId is not set on request." },
        { "long id", r => r.WorkflowId = new string('x', 1001), "WorkflowId exceeds maximum allowed length (1001/1000)" },
        { "no type", r => r.WorkflowType = null, "WorkflowType is not set on request." },
        { "no queue", r => r.TaskQueue = null, "taskQueue is not set" },
        { "negative timeout", r => r.WorkflowRunTimeout = new Duration { Seconds = -1 }, "An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration" },
        { "zero character", r => r.WorkflowId = "a\0b", "WorkflowId \"a?b\" is not a valid UTF-8 string" },
        {
            "contradiction",
            r => (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) = ((WorkflowIdReusePolicy)4, WorkflowIdConflictPolicy.Fail),
            "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy"
        },
        { "negative attempts", r => r.RetryPolicy = new RetryPolicy { MaximumAttempts = -1 }, "MaximumAttempts cannot be negative on retry policy." },
        {
            "delayed cron",
            r => (r.CronSchedule, r.WorkflowStartDelay) = ("* * * * *", new Duration { Seconds = 1 }),
            "CronSchedule and WorkflowStartDelay may not be used together."
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Complete_WrongRequest_IsRefusedInTheRealServersWords(string name, Action<StartWorkflowExecutionRequest> spoil, string message)
    {
        var request = Request();
        spoil(request);
        var refusal = Should.Throw<RpcRefusal>(() => StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail), name);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refusal.Message.ShouldBe(message);
    }

    [Fact]
    public void Complete_RequestThatLeavesThingsOpen_FillsThemIn()
    {
        var request = Request();
        StartCheck.Complete(request, WorkflowIdConflictPolicy.UseExisting);
        request.RequestId.ShouldNotBeEmpty();
        request.WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.AllowDuplicate);
        request.WorkflowIdConflictPolicy.ShouldBe(WorkflowIdConflictPolicy.UseExisting);
    }

    [Fact]
    public void Complete_TerminateIfRunning_MeansTerminateExisting()
    {
        var request = Request();
        request.WorkflowIdReusePolicy = (WorkflowIdReusePolicy)4;
        StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail);
        request.WorkflowIdReusePolicy.ShouldBe(WorkflowIdReusePolicy.AllowDuplicate);
        request.WorkflowIdConflictPolicy.ShouldBe(WorkflowIdConflictPolicy.TerminateExisting);
    }

    private static StartWorkflowExecutionRequest Request() =>
        new() { Namespace = "default", WorkflowId = "w", WorkflowType = new WorkflowType { Name = "t" }, TaskQueue = new TaskQueue { Name = "q" } };
}
