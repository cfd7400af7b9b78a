using Temporalio.Common;

namespace Temporalio.Client.Schedules;

/// <summary>Options of <see cref="ITemporalClient.CreateScheduleAsync"/>.</summary>
public class ScheduleOptions : ICloneable
{
    /// <summary>Whether to act once at creation.</summary>
    public bool TriggerImmediately { get; set; }

    /// <summary>Periods to go through at creation as if they passed then.</summary>
    public IReadOnlyCollection<ScheduleBackfill> Backfills { get; set; } = [];

    /// <summary>Values that are kept with the schedule; none may be null.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Values that schedules can be searched by.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ScheduleOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
