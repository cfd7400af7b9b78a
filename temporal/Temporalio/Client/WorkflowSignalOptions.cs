namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.SignalAsync(string, IReadOnlyCollection{object?}, WorkflowSignalOptions?)"/>.</summary>
public class WorkflowSignalOptions : ICloneable
{
    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowSignalOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
