namespace Temporalio.Client;

/// <summary>Options of <see cref="ActivityHandle.DescribeAsync"/>: which payloads come with the description.</summary>
public class ActivityDescribeOptions : ICloneable
{
    /// <summary>Whether the arguments come.</summary>
    public bool IncludeInput { get; set; }

    /// <summary>Whether the result or the failure comes.</summary>
    public bool IncludeOutcome { get; set; }

    /// <summary>Whether the details of the last heartbeat come.</summary>
    public bool IncludeHeartbeatDetails { get; set; }

    /// <summary>Whether the failure of the last attempt comes.</summary>
    public bool IncludeLastFailure { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ActivityDescribeOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
