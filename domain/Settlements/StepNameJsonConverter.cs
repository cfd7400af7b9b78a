using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>A step name is a plain JSON string.</summary>
public sealed class StepNameJsonConverter : JsonConverter<StepName>
{
    public override StepName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StepName.IsValid(reader.GetString()) ? new StepName(reader.GetString()!) : throw new JsonException("The value is no step name.");

    public override void Write(Utf8JsonWriter writer, StepName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
