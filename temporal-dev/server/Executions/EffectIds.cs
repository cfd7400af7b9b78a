using System.Globalization;

namespace Temporalio.DevServer.Executions;

/// <summary>Names of effects within their run: what it is, and the event that wants it.</summary>
internal static class EffectIds
{
    public const string NotifyParent = "notify-parent";

    public static string StartChild(long initiatedEventId) => $"start-child:{initiatedEventId}";

    public static string SignalExternal(long initiatedEventId) => $"signal:{initiatedEventId}";

    public static string CancelExternal(long initiatedEventId) => $"cancel:{initiatedEventId}";

    public static string CloseChild(long initiatedEventId) => $"close-child:{initiatedEventId}";

    /// <summary>The event that wants the effect.</summary>
    public static long EventId(string effectId) => long.Parse(effectId.AsSpan(effectId.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
