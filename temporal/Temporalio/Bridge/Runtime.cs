using System.Text;
using System.Text.Json;

namespace Temporalio.Bridge;

/// <summary>What the official SDK's handle of its native runtime does with the fields of logs.</summary>
internal static class Runtime
{
    /// <summary>Reads a JSON object one level deep.</summary>
    /// <param name="bytes">UTF-8 JSON.</param>
    /// <returns>The values by their names, each as the JSON text that it was; null if it is no object.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static IReadOnlyDictionary<string, string>? ReadJsonObjectToRawValues(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        var values = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            values[name] = Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed]);
        }
        return values;
    }
}
