using GrpcWire;
using Temporalio.Client;

namespace Temporalio.InTree.Tests.Connection;

public class RpcBackoffTests
{
    private static readonly GrpcException Unavailable = new(GrpcStatusCode.Unavailable, "down");

    [Fact]
    public void Next_RepeatedFailures_WaitsGrowWithinTheJitterUpToTheLongest()
    {
        var options = new RpcRetryOptions { MaxElapsedTime = null, MaxRetries = 0 };
        var backoff = new RpcBackoff(options, RpcCallKind.Normal, new HandClock());
        for (var attempt = 0; attempt < 15; attempt++)
        {
            var expected = Math.Min(100 * Math.Pow(1.5, attempt), 5000);
            backoff.Next(Unavailable)!.Value.TotalMilliseconds.ShouldBeInRange(expected * 0.79, expected * 1.21);
        }
    }

    [Fact]
    public void Next_ElapsedTimeSpent_GivesUp()
    {
        var clock = new HandClock();
        var backoff = new RpcBackoff(new RpcRetryOptions(), RpcCallKind.Normal, clock);
        backoff.Next(Unavailable).ShouldNotBeNull();
        clock.Now += TimeSpan.FromSeconds(10);
        backoff.Next(Unavailable).ShouldBeNull();
    }

    [Fact]
    public void Next_ResourceExhausted_WaitsAtLeastTheThrottle()
    {
        var backoff = new RpcBackoff(new RpcRetryOptions(), RpcCallKind.Normal, new HandClock());
        backoff.Next(new GrpcException(GrpcStatusCode.ResourceExhausted, "slow down"))!.Value.TotalMilliseconds.ShouldBeInRange(790, 1210);
    }

    [Theory]
    [InlineData("grpc: received message larger than max (5 vs. 4)")]
    [InlineData("grpc: message after decompression larger than max (4)")]
    [InlineData("grpc: trying to send message larger than max (5 vs. 4)")]
    public void Next_MessageTooLarge_IsFinalForEveryKindOfCall(string message)
    {
        var error = new GrpcException(GrpcStatusCode.ResourceExhausted, message);
        foreach (var kind in Enum.GetValues<RpcCallKind>())
        {
            new RpcBackoff(new RpcRetryOptions(), kind, new HandClock()).Next(error).ShouldBeNull();
        }
    }

    [Fact]
    public void Next_CancelledByTheTransport_IsRetriedAndByTheServerNot()
    {
        var options = new RpcRetryOptions();
        new RpcBackoff(options, RpcCallKind.Normal, new HandClock())
            .Next(new GrpcException(GrpcStatusCode.Cancelled, "reset") { IsTransportFailure = true }).ShouldNotBeNull();
        new RpcBackoff(options, RpcCallKind.Normal, new HandClock()).Next(new GrpcException(GrpcStatusCode.Cancelled, "by somebody")).ShouldBeNull();
    }

    [Theory]
    [InlineData(GrpcStatusCode.DeadlineExceeded)]
    [InlineData(GrpcStatusCode.Cancelled)]
    [InlineData(GrpcStatusCode.Unavailable)]
    public void Next_TaskPoll_NeverGivesUp(GrpcStatusCode status)
    {
        var clock = new HandClock();
        var backoff = new RpcBackoff(new RpcRetryOptions(), RpcCallKind.TaskLongPoll, clock);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            backoff.Next(new GrpcException(status, "again")).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(12));
            clock.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public void Next_TaskPollWithAFinalCode_ForgivesForAMinute()
    {
        var clock = new HandClock();
        var backoff = new RpcBackoff(new RpcRetryOptions(), RpcCallKind.TaskLongPoll, clock);
        var refused = new GrpcException(GrpcStatusCode.PermissionDenied, "a proxy that starts");
        backoff.Next(refused).ShouldBe(TimeSpan.FromSeconds(10));
        clock.Now += TimeSpan.FromSeconds(61);
        backoff.Next(refused).ShouldBeNull();
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
