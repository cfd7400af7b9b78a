using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.TestService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Retention;

/// <summary>What is closed is deleted after the namespace's retention, and not before.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task ClosedRun_AfterItsRetention_IsDeletedAndOpenOnesStay()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Locked, Retention = TimeSpan.FromDays(2) });
        await server.StartAsync("closed");
        // It waits without a task, which would hold the clock.
        await server.StartAsync("open", delay: TimeSpan.FromDays(30));
        await server.TerminateAsync("closed");
        await SkipAsync(server, TimeSpan.FromHours(47));
        await server.Server.Composition.Retention.DeleteExpiredAsync(default);
        (await server.CountAsync()).ShouldBe(2);
        await SkipAsync(server, TimeSpan.FromHours(2));
        await server.Server.Composition.Retention.DeleteExpiredAsync(default);

        (await server.CountAsync("WorkflowId = 'closed'"), await server.CountAsync("WorkflowId = 'open'")).ShouldBe((0, 1));
        var gone = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<DescribeWorkflowExecutionResponse>(
            "DescribeWorkflowExecution", new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = new() { WorkflowId = "closed" } }));
        gone.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    private static Task SkipAsync(InProcessServer server, TimeSpan time) =>
        server.TestAsync<SleepResponse>("UnlockTimeSkippingWithSleep", new SleepRequest { Duration = Duration.FromTimeSpan(time) });
}
