using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of <see cref="WorkflowHandle.FetchHistoryEventsAsync"/> and <see cref="WorkflowHandle.FetchHistoryAsync"/>.</summary>
public class WorkflowHistoryEventFetchOptions : ICloneable
{
    /// <summary>Whether to wait for further events until the run is closed.</summary>
    public bool WaitNewEvent { get; set; }

    /// <summary>Which events to return.</summary>
    public HistoryEventFilterType EventFilterType { get; set; } = HistoryEventFilterType.AllEvent;

    /// <summary>Whether to leave archived histories alone.</summary>
    public bool SkipArchival { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (WorkflowHistoryEventFetchOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
