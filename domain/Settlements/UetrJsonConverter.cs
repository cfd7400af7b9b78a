using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>A UETR is a plain JSON string.</summary>
public sealed class UetrJsonConverter : JsonConverter<Uetr>
{
    public override Uetr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Uetr.TryParse(reader.GetString(), out var uetr) ? uetr : throw new JsonException("A UETR is a UUID of version 4 in lower case.");

    public override void Write(Utf8JsonWriter writer, Uetr value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
