using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.StarterApi.Json;

/// <summary>Instants as ISO 8601 with <c>Z</c> and microseconds, PostgreSQL's resolution; input must carry its offset.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && HasOffset(reader.GetString()!))
            return value.ToUniversalTime();
        throw new JsonException();
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }

    // A time without an offset means another instant on another machine, so it is refused and not guessed.
    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 19 && text.AsSpan(19).IndexOfAny('+', '-') >= 0);
}
