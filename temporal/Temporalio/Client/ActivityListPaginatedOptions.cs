namespace Temporalio.Client;

/// <summary>Options of <see cref="ITemporalClient.ListActivitiesPaginatedAsync"/>.</summary>
public class ActivityListPaginatedOptions : ICloneable
{
    /// <summary>How many activities to return at most; unset leaves it to the server.</summary>
    public int? PageSize { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ActivityListPaginatedOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
