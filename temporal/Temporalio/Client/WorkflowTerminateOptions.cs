namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.TerminateAsync"/>.</summary>
public class WorkflowTerminateOptions : ICloneable
{
    /// <summary>Values to keep with the termination.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowTerminateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
