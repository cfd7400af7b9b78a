using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.TestService.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.TestService;

/// <summary>The test service of the official test server (temporal/api/testservice/v1): lets tests lock, unlock and pass time.</summary>
internal sealed class TestServiceModule(SkippingClock clock) : IServerModule
{
    private readonly Sleeps sleeps = new(clock);

    public void Register(ServerServices services) => services.Test
        .Unary<LockTimeSkippingRequest, LockTimeSkippingResponse>("LockTimeSkipping", Lock)
        .Unary<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>("UnlockTimeSkipping", Unlock)
        .Unary<SleepRequest, SleepResponse>("Sleep", (request, call) => SleepAsync(DueAfter(request.Duration), call))
        .Unary<SleepUntilRequest, SleepResponse>("SleepUntil", (request, call) => SleepAsync(DueAt(request.Timestamp), call))
        .Unary<SleepRequest, SleepResponse>("UnlockTimeSkippingWithSleep", UnlockWithSleepAsync)
        .Unary<Empty, GetCurrentTimeResponse>("GetCurrentTime", _ => new GetCurrentTimeResponse { Time = Timestamp.FromDateTimeOffset(clock.Now) });

    private LockTimeSkippingResponse Lock(LockTimeSkippingRequest request)
    {
        clock.Lock();
        return new LockTimeSkippingResponse();
    }

    private UnlockTimeSkippingResponse Unlock(UnlockTimeSkippingRequest request)
    {
        // Without a lock there is nothing to unlock, and the official server says nothing either: its clients unlock around every wait.
        clock.TryUnlock();
        return new UnlockTimeSkippingResponse();
    }

    private async Task<SleepResponse> SleepAsync(DateTimeOffset due, ServerCallContext call)
    {
        await sleeps.UntilAsync(due, call.CancellationToken);
        return new SleepResponse();
    }

    private async Task<SleepResponse> UnlockWithSleepAsync(SleepRequest request, ServerCallContext call)
    {
        // Locked again also for a caller who went away: his unlock must not outlive him.
        return await sleeps.UntilAsync(DueAfter(request.Duration), clock.TryUnlock, clock.Lock, call.CancellationToken)
            ? new SleepResponse()
            : throw RpcRefusal.FailedPrecondition("Time skipping is not locked: there is nothing to unlock.");
    }

    private DateTimeOffset DueAfter(Duration? duration)
    {
        var now = clock.Now;
        if (duration is null || duration.Seconds < 0 || duration.Nanos is < 0 or > 999_999_999)
            return now;
        return duration.Seconds < (DateTimeOffset.MaxValue - now).TotalSeconds - 1
            ? now + duration.ToTimeSpan()
            : throw RpcRefusal.InvalidArgument("The duration leads beyond the year 9999.");
    }

    private static DateTimeOffset DueAt(Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        }
        catch (InvalidOperationException)
        {
            throw RpcRefusal.InvalidArgument("The timestamp is not valid.");
        }
    }
}
