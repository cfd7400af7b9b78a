namespace Temporalio.Client;

/// <summary>Options of <see cref="ITemporalClient.CountWorkflowsAsync"/>.</summary>
public class WorkflowCountOptions : ICloneable
{
    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowCountOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
