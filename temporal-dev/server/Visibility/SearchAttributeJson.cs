using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Search attributes as JSON for a JSONB column. A key is the type and the name (<c>Keyword:CustomerRef</c>), so that an attribute that is
/// removed and registered again with another type does not see the old values. Times are numbers of 100 ns ticks, as everywhere in the store.
/// </summary>
internal static class SearchAttributeJson
{
    private const string WordsPrefix = "Words:";

    public static string Key(IndexedValueType type, string name) => $"{type}:{name}";

    /// <summary>Whether the value is of the type that <see cref="SearchAttributeValue"/> promises and can be stored.</summary>
    public static bool IsWellFormed(SearchAttributeValue attribute) => (attribute.Type, attribute.Value) switch
    {
        (IndexedValueType.Keyword or IndexedValueType.Text, string text) => StorableText.IsStorable(text),
        (IndexedValueType.Int, long) or (IndexedValueType.Bool, bool) or (IndexedValueType.Datetime, DateTimeOffset) => true,
        (IndexedValueType.Double, double number) => double.IsFinite(number),
        (IndexedValueType.KeywordList, IReadOnlyList<string> list) => list.All(StorableText.IsStorable),
        _ => false,
    };

    /// <summary>All attributes as one JSON object.</summary>
    public static string Write(IReadOnlyDictionary<string, SearchAttributeValue> attributes) => Object(json =>
    {
        foreach (var (name, attribute) in attributes)
        {
            json.WritePropertyName(Key(attribute.Type, name));
            WriteValue(json, attribute.Value);
            if (attribute.Type == IndexedValueType.Text)
                WriteWords(json, name, (string)attribute.Value);
        }
    });

    /// <summary>Beside a text stand its words, for PostgreSQL to look for; reading skips them.</summary>
    public static string WordsKey(string name) => $"{WordsPrefix}{name}";

    /// <summary>An object with one value, or with a list of one for a list of keywords: what JSONB containment is asked for.</summary>
    public static string Holding(SearchField field, object value) => Object(json =>
    {
        json.WritePropertyName(Key(field.Type, field.Name));
        WriteValue(json, field.Type == IndexedValueType.KeywordList ? new[] { (string)value } : value);
    });

    /// <summary>Reads what <see cref="Write"/> wrote, in UTF-8.</summary>
    public static IReadOnlyDictionary<string, SearchAttributeValue> Read(ReadOnlySpan<byte> json)
    {
        var attributes = new Dictionary<string, SearchAttributeValue>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (type, name) = Split(reader.GetString()!);
            reader.Read();
            if (type == IndexedValueType.Unspecified)
                reader.Skip();
            else
                attributes[name] = new SearchAttributeValue(type, ReadValue(type, ref reader));
        }

        return attributes;
    }

    /// <summary>One value as callers of the API write it: JSON, times in RFC 3339.</summary>
    public static byte[] PlainValue(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (value is DateTimeOffset time)
                json.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            else
                WriteValue(json, value);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(WordsKey(name));
        foreach (var word in TextWords.Of(text))
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    /// <summary>A key's parts, of a type that is none for the words of a text.</summary>
    private static (IndexedValueType Type, string Name) Split(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return (key.StartsWith(WordsPrefix, StringComparison.Ordinal) ? IndexedValueType.Unspecified : Enum.Parse<IndexedValueType>(key[..colon]), key[(colon + 1)..]);
    }

    private static object ReadValue(IndexedValueType type, ref Utf8JsonReader reader) => type switch
    {
        IndexedValueType.Int => reader.GetInt64(),
        IndexedValueType.Double => reader.GetDouble(),
        IndexedValueType.Bool => reader.GetBoolean(),
        IndexedValueType.Datetime => new DateTimeOffset(reader.GetInt64(), TimeSpan.Zero),
        IndexedValueType.KeywordList => ReadList(ref reader),
        _ => reader.GetString()!,
    };

    private static string[] ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(reader.GetString()!);
        return [.. list];
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset time:
                json.WriteNumberValue(time.UtcTicks);
                break;
            case IReadOnlyList<string> list:
                json.WriteStartArray();
                foreach (var text in list)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is no type of search attributes.", nameof(value));
        }
    }

    private static string Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
