using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.QueryAsync{TQueryResult}(string, IReadOnlyCollection{object?}, WorkflowQueryOptions?)"/>.</summary>
public class WorkflowQueryOptions : ICloneable
{
    /// <summary>In which states of the workflow the server refuses the query. Unset means the client's setting.</summary>
    public QueryRejectCondition? RejectCondition { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowQueryOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
