namespace Temporalio.Client.Schedules;

/// <summary>Options of <see cref="ITemporalClient.ListSchedulesAsync"/>.</summary>
public class ScheduleListOptions : ICloneable
{
    /// <summary>List filter of Temporal visibility; unset for all.</summary>
    public string? Query { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (ScheduleListOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
