using System.Globalization;

namespace GrpcWire.Internal;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit (H, M, S, m, u, n).</summary>
internal static class GrpcTimeoutHeader
{
    private const long MaxDigits = 99_999_999;

    /// <summary>Writes a timeout in the finest unit that fits, rounded up so that the peer never gives up before us.</summary>
    /// <param name="timeout">A positive time.</param>
    /// <returns>The header value.</returns>
    public static string Format(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        return Try(ticks, TimeSpan.TicksPerMicrosecond, 'u')
            ?? Try(ticks, TimeSpan.TicksPerMillisecond, 'm')
            ?? Try(ticks, TimeSpan.TicksPerSecond, 'S')
            ?? Try(ticks, TimeSpan.TicksPerMinute, 'M')
            ?? Try(ticks, TimeSpan.TicksPerHour, 'H')
            ?? "99999999H";
    }

    /// <summary>Reads a header value.</summary>
    /// <param name="value">The header.</param>
    /// <param name="timeout">The time, capped at <see cref="TimeSpan.MaxValue"/>.</param>
    /// <returns>False if it is not a timeout.</returns>
    public static bool TryParse(string value, out TimeSpan timeout)
    {
        timeout = default;
        if (value.Length is < 2 or > 9) return false;
        if (!long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)) return false;
        // Below one tick (100 ns) a time still counts as one tick: zero would mean "no time at all".
        decimal ticks;
        switch (value[^1])
        {
            case 'H': ticks = (decimal)amount * TimeSpan.TicksPerHour; break;
            case 'M': ticks = (decimal)amount * TimeSpan.TicksPerMinute; break;
            case 'S': ticks = (decimal)amount * TimeSpan.TicksPerSecond; break;
            case 'm': ticks = (decimal)amount * TimeSpan.TicksPerMillisecond; break;
            case 'u': ticks = (decimal)amount * TimeSpan.TicksPerMicrosecond; break;
            case 'n': ticks = amount == 0 ? 0 : Math.Max(1, amount / 100); break;
            default: return false;
        }
        timeout = ticks > long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
        return true;
    }

    private static string? Try(long ticks, long unitTicks, char unit)
    {
        var amount = (ticks / unitTicks) + (ticks % unitTicks == 0 ? 0 : 1);
        return amount <= MaxDigits ? amount.ToString(CultureInfo.InvariantCulture) + unit : null;
    }
}
