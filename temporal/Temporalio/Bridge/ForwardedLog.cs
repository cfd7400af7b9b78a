using System.Collections;
using Microsoft.Extensions.Logging;

namespace Temporalio.Bridge;

/// <summary>State of a log of the runtime, as loggers see it: five values under names that the official SDK gives them.</summary>
/// <param name="Level">Level.</param>
/// <param name="Target">What part logs.</param>
/// <param name="Message">What happened, without the fields.</param>
/// <param name="TimestampMilliseconds">When, in milliseconds since 1970, UTC.</param>
/// <param name="JsonFields">Fields as JSON by their names; null if they are left out.</param>
internal sealed record ForwardedLog(
    LogLevel Level, string Target, string Message, ulong TimestampMilliseconds, IReadOnlyDictionary<string, string>? JsonFields)
    : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>Gets when it was logged, UTC.</summary>
    public DateTime Timestamp => DateTime.UnixEpoch.AddMilliseconds(TimestampMilliseconds);

    /// <inheritdoc />
    public int Count => 5;

    /// <inheritdoc />
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(nameof(Level), Level),
        1 => new(nameof(Target), Target),
        2 => new(nameof(Message), Message),
        3 => new(nameof(Timestamp), Timestamp),
        4 => new(nameof(JsonFields), JsonFields),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => JsonFields is { Count: > 0 } fields
        ? $"[sdk_core::{Target}] {Message} {string.Join(", ", fields.Select(field => $"{field.Key}={field.Value}"))}"
        : $"[sdk_core::{Target}] {Message}";
}
