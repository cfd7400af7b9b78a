namespace Temporalio.Client;

/// <summary>Options of <see cref="ITemporalClient.ListActivitiesAsync"/>.</summary>
public class ActivityListOptions : ICloneable
{
    /// <summary>How many activities to return at most; 0, the default, means all.</summary>
    public int Limit { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ActivityListOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
