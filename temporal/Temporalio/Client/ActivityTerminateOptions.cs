namespace Temporalio.Client;

/// <summary>Options of <see cref="ActivityHandle.TerminateAsync"/>.</summary>
public class ActivityTerminateOptions : ICloneable
{
    /// <summary>Why, as it is recorded.</summary>
    public string? Reason { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ActivityTerminateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
