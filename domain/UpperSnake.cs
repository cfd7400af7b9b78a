using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// The two text forms of every closed set: <c>UPPER_SNAKE</c> in the database and in search attributes,
/// <c>lower_snake</c> in JSON (REQUIREMENTS.md, contradiction 7). Reading accepts both.
/// </summary>
public static class UpperSnake
{
    /// <summary>The stored form, for example <c>FUNDS_LOCKED</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Upper[value];

    /// <summary>The JSON form, for example <c>funds_locked</c>.</summary>
    public static string Lower<T>(T value) where T : struct, Enum => Names<T>.Lower[value];

    /// <summary>Reads either form, or the member's own name. Numbers are refused.</summary>
    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is { Length: > 0 and <= 64 } && Names<T>.Values.TryGetValue(text, out value);
    }

    /// <summary>Reads either form.</summary>
    /// <exception cref="FormatException">The text names no member.</exception>
    public static T Parse<T>(string text) where T : struct, Enum =>
        TryParse<T>(text, out var value) ? value : throw new FormatException($"'{text}' is no {typeof(T).Name}.");

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Upper =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseUpper.ConvertName(v.ToString()));

        public static readonly Dictionary<T, string> Lower =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> Values = Index();

        private static Dictionary<string, T> Index()
        {
            var index = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
            foreach (var value in Enum.GetValues<T>())
            {
                index[Upper[value]] = value;
                index[value.ToString()] = value;
            }

            return index;
        }
    }
}

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
