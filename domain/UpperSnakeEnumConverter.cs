using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>JSON form of a closed set: written <c>UPPER_SNAKE</c>, read in either case; numbers are refused.</summary>
public sealed class UpperSnakeEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && UpperSnake.TryParse<T>(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"The value is no {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UpperSnake.Of(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UpperSnake.TryParse<T>(reader.GetString(), out var value) ? value : throw new JsonException($"The name is no {typeof(T).Name}.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(UpperSnake.Of(value));
}
