using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Reads one search attribute's payload. As on the real server a scalar may also be written as a list of one, and null or an empty list is no value.
/// </summary>
internal static class SearchAttributeReader
{
    /// <param name="type">The registered type.</param>
    /// <param name="payload">What was given.</param>
    /// <param name="value">As <see cref="SearchAttributeValue"/> says, or null for "no value".</param>
    /// <param name="shown">Where it cannot be read: how the real server's message shows it.</param>
    public static bool TryRead(IndexedValueType type, Payload payload, out object? value, out string shown)
    {
        (value, shown) = (null, "");
        var encoding = payload.Metadata.TryGetValue("encoding", out var bytes) ? bytes.ToStringUtf8() : null;
        if (encoding == "binary/null")
            return true;
        if (encoding == "binary/plain")
        {
            shown = $"[{string.Join(' ', payload.Data.Take(SearchAttributeLimits.MaxValueBytes))}]";
            return false;
        }

        if (encoding != "json/plain" || !TryParse(payload, out var document))
        {
            shown = $"value from <{Text(payload)}>";
            return false;
        }

        using (document)
        {
            var json = document.RootElement;
            if (json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0))
                return true;
            value = type == IndexedValueType.KeywordList ? Keywords(json) : Scalar(type, json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1 ? json[0] : json);
            if (value is not null)
                return true;
            shown = GoText.Show(json) ?? $"value from <{Text(payload)}>";
            return false;
        }
    }

    private static bool TryParse(Payload payload, out JsonDocument document)
    {
        document = null!;
        try
        {
            document = JsonDocument.Parse(payload.Data.Memory);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static object? Scalar(IndexedValueType type, JsonElement json) => (type, json.ValueKind) switch
    {
        (IndexedValueType.Keyword or IndexedValueType.Text, JsonValueKind.String) => Storable(json),
        (IndexedValueType.Int, JsonValueKind.Number) => json.TryGetInt64(out var number) ? number : null,
        (IndexedValueType.Double, JsonValueKind.Number) => json.TryGetDouble(out var number) && double.IsFinite(number) ? number : null,
        (IndexedValueType.Bool, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (IndexedValueType.Datetime, JsonValueKind.String) => QueryValues.TryInstant(Storable(json) ?? "", out var instant) ? instant : null,
        _ => null,
    };

    private static string[]? Keywords(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
            return null;
        var list = new List<string>();
        foreach (var element in json.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String || Storable(element) is not { } text)
                return null;
            list.Add(text);
        }

        return [.. list];
    }

    /// <summary>The text, or null where it cannot be stored (lone surrogates, U+0000).</summary>
    private static string? Storable(JsonElement json)
    {
        try
        {
            return json.GetString() is { } text && StorableText.IsStorable(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone: it is no Unicode text.
            return null;
        }
    }

    /// <summary>A payload as Go's text format of protobuf shows it.</summary>
    private static string Text(Payload payload)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in payload.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"metadata:{{key:{GoText.Quote(key)}  value:{GoText.Quote(value.ToStringUtf8())}}}  ");
        return text.Append(CultureInfo.InvariantCulture, $"data:{GoText.Quote(payload.Data.ToStringUtf8())}").ToString();
    }
}
