using Grpc.Core;

namespace Temporalio.DevServer.Frontend;

/// <summary>How long a poll may wait at the server.</summary>
internal static class LongPoll
{
    /// <summary>A caller with less time than this would never get anything (common.MinLongPollTimeout).</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    /// <summary>Left for the answer's way back (frontend.returnEmptyTaskTimeBudget).</summary>
    private static readonly TimeSpan WayBack = TimeSpan.FromSeconds(1);

    /// <summary>How long a caller still waits; null for ever.</summary>
    public static TimeSpan? Left(ServerCallContext call) => call.Deadline == DateTime.MaxValue ? null : call.Deadline - DateTime.UtcNow;

    /// <summary>The wait of a poll with this call's deadline.</summary>
    /// <param name="call">The call.</param>
    /// <param name="most">The server's own limit.</param>
    /// <exception cref="RpcRefusal">The caller gives up too soon for a poll to make sense.</exception>
    public static TimeSpan Wait(ServerCallContext call, TimeSpan most)
    {
        if (Left(call) is not { } left)
            return most;
        if (left < Shortest)
            throw RpcRefusal.InvalidArgument("Context timeout is too short.");
        return left - WayBack < most ? left - WayBack : most;
    }
}
