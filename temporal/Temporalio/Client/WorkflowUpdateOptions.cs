namespace Temporalio.Client;

/// <summary>Options of an update.</summary>
public class WorkflowUpdateOptions : ICloneable
{
    /// <summary>Creates options with a random update id.</summary>
    public WorkflowUpdateOptions()
    {
    }

    /// <summary>Creates options with an update id.</summary>
    /// <param name="id">Id of the update.</param>
    public WorkflowUpdateOptions(string id) => Id = id;

    /// <summary>Id of the update, unique in its run: the same id again is the same update. Unset means a random one.</summary>
    public string? Id { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowUpdateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
