using WireRange = Temporalio.Api.Schedule.V1.Range;

namespace Temporalio.Client.Schedules;

/// <summary>Values of a calendar field.</summary>
/// <param name="Start">First value.</param>
/// <param name="End">Last value; if it is before the first, the first is the only one.</param>
/// <param name="Step">Distance between values; 0 means 1.</param>
public record ScheduleRange(int Start, int End = 0, int Step = 0)
{
    /// <summary>Zero alone.</summary>
    public static readonly ScheduleRange Zero = new(0);

    /// <summary>Converts from the wire messages.</summary>
    internal static IReadOnlyCollection<ScheduleRange> FromProtos(IEnumerable<WireRange> protos) =>
        protos.Select(p => new ScheduleRange(p.Start, p.End, p.Step)).ToArray();

    /// <summary>Converts to the wire messages.</summary>
    internal static IEnumerable<WireRange> ToProtos(IEnumerable<ScheduleRange> ranges) =>
        ranges.Select(r => new WireRange { Start = r.Start, End = r.End, Step = r.Step });
}
