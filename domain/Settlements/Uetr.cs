using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// Unique end-to-end transaction reference (ISO 20022, SWIFT gpi): a UUID version 4 in lower case, constant over all hops
/// and technical repeats of one instruction.
/// </summary>
[JsonConverter(typeof(UetrJsonConverter))]
public readonly record struct Uetr
{
    private Uetr(Guid value) => Value = value;

    public Guid Value { get; }

    public static Uetr New() => new(Guid.NewGuid());

    /// <summary>Wraps a version 4 UUID, such as the one that <c>Workflow.NewGuid()</c> makes.</summary>
    /// <exception cref="FormatException">Another version or variant.</exception>
    public static Uetr From(Guid value) => IsVersion4(value)
        ? new Uetr(value)
        : throw new FormatException($"'{value:D}' is no UUID of version 4.");

    /// <exception cref="FormatException">No lower-case UUID of version 4.</exception>
    public static Uetr Parse(string text) => TryParse(text, out var uetr)
        ? uetr
        : throw new FormatException("A UETR is a UUID of version 4 in lower case.");

    public static bool TryParse(string? text, out Uetr uetr)
    {
        uetr = default;
        if (text is not { Length: 36 } || text.AsSpan().ContainsAnyInRange('A', 'Z')
            || !Guid.TryParseExact(text, "D", out var value) || !IsVersion4(value))
            return false;
        uetr = new Uetr(value);
        return true;
    }

    public override string ToString() => Value.ToString("D");

    private static bool IsVersion4(Guid value) => value.Version == 4 && value.Variant is >= 8 and <= 11;
}

/// <summary>A UETR is a plain JSON string.</summary>
public sealed class UetrJsonConverter : JsonConverter<Uetr>
{
    public override Uetr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Uetr.TryParse(reader.GetString(), out var uetr) ? uetr : throw new JsonException("A UETR is a UUID of version 4 in lower case.");

    public override void Write(Utf8JsonWriter writer, Uetr value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
