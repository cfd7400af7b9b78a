using Grpc.Core;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>A schedule's spec that means no times. The message is the real server's.</summary>
internal sealed class InvalidScheduleSpecException(string reason) : RpcException(new Status(StatusCode.InvalidArgument, "Invalid schedule spec: " + reason), "Invalid schedule spec: " + reason)
{
    /// <summary>The reason alone.</summary>
    public string Reason { get; } = reason;
}
