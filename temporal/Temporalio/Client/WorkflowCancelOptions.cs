namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.CancelAsync"/>.</summary>
public class WorkflowCancelOptions : ICloneable
{
    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowCancelOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
