namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.DescribeAsync"/>.</summary>
public class WorkflowDescribeOptions : ICloneable
{
    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowDescribeOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
