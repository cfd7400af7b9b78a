namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Search attributes as callers write them (temporal.api.common.v1.SearchAttributes: JSON payloads) and as this server keeps them: payloads in events
/// and in describe, typed values in the visibility row. The type registered in the namespace decides; a <c>type</c> in a payload's metadata is kept
/// and otherwise ignored, as on the real server.
/// </summary>
internal static class SearchAttributePayloads
{
    private const string TypeKey = "type";
    private const string EncodingKey = "encoding";
    private static readonly ByteString JsonPlain = ByteString.CopyFromUtf8("json/plain");
    private static readonly Dictionary<IndexedValueType, ByteString> TypeNames = Enum.GetValues<IndexedValueType>().ToDictionary(t => t, t => ByteString.CopyFromUtf8(t.ToString()));

    /// <summary>What a start keeps in its event: checked, with types, without those that have no value. Null if none is left.</summary>
    /// <exception cref="InvalidSearchAttributesException">They cannot be set; with the real server's message.</exception>
    public static SearchAttributes? ForStart(SearchAttributes? given, SearchAttributeRegistry registry, string namespaceName)
    {
        var kept = ForUpsert(given, registry, namespaceName);
        if (kept is null)
            return null;
        foreach (var name in kept.IndexedFields.Where(f => IsNoValue(f.Value)).Select(f => f.Key).ToList())
            kept.IndexedFields.Remove(name);
        return kept.IndexedFields.Count == 0 ? null : kept;
    }

    /// <summary>What an upsert keeps in its event: checked, with types; one without a value removes the attribute. Null for none.</summary>
    /// <exception cref="InvalidSearchAttributesException">They cannot be set; with the real server's message.</exception>
    public static SearchAttributes? ForUpsert(SearchAttributes? given, SearchAttributeRegistry registry, string namespaceName)
    {
        if (given is null || given.IndexedFields.Count == 0)
            return null;
        SearchAttributeLimits.Check(given, registry, namespaceName);
        var typed = new SearchAttributes();
        foreach (var (name, payload) in given.IndexedFields)
            typed.IndexedFields.Add(name, WithType(payload, registry.Attribute(name)!.Type));
        return typed;
    }

    /// <summary>What a run has after an upsert. Null for none.</summary>
    /// <param name="current">What it has; not changed.</param>
    /// <param name="upsert">What <see cref="ForUpsert"/> returned, as the event has it.</param>
    public static SearchAttributes? Merge(SearchAttributes? current, SearchAttributes? upsert)
    {
        var merged = current?.Clone() ?? new SearchAttributes();
        foreach (var (name, payload) in upsert?.IndexedFields ?? [])
        {
            if (IsNoValue(payload))
                merged.IndexedFields.Remove(name);
            else
                merged.IndexedFields[name] = payload;
        }

        return merged.IndexedFields.Count == 0 ? null : merged;
    }

    /// <summary>The values for a <see cref="VisibilityRow"/>. What the namespace no longer knows, or knows with another type, is left out.</summary>
    public static IReadOnlyDictionary<string, SearchAttributeValue> ToValues(SearchAttributes? attributes, SearchAttributeRegistry registry)
    {
        var values = new Dictionary<string, SearchAttributeValue>(StringComparer.Ordinal);
        foreach (var (name, payload) in attributes?.IndexedFields ?? [])
        {
            if (registry.Attribute(name) is { } field && SearchAttributeReader.TryRead(field.Type, payload, out var value, out _) && value is not null)
                values.Add(name, new SearchAttributeValue(field.Type, value));
        }

        return values;
    }

    /// <summary>What a listing returns of a row: each value as JSON with its type. Attributes that the namespace no longer has are left out.</summary>
    public static SearchAttributes FromValues(IReadOnlyDictionary<string, SearchAttributeValue> values, SearchAttributeRegistry registry)
    {
        var attributes = new SearchAttributes();
        foreach (var (name, value) in values)
        {
            if (registry.Attribute(name)?.Type == value.Type)
                attributes.IndexedFields.Add(name, ToPayload(value.Type, value.Value));
        }

        return attributes;
    }

    /// <summary>One value as a payload, <c>json/plain</c> with its type.</summary>
    /// <param name="type">The attribute's type.</param>
    /// <param name="value">As <see cref="SearchAttributeValue"/> says.</param>
    public static Payload ToPayload(IndexedValueType type, object value)
    {
        var payload = new Payload { Data = ByteString.CopyFrom(SearchAttributeJson.PlainValue(value)) };
        payload.Metadata.Add(EncodingKey, JsonPlain);
        payload.Metadata.Add(TypeKey, TypeName(type));
        return payload;
    }

    private static ByteString TypeName(IndexedValueType type) => TypeNames.TryGetValue(type, out var name) ? name : ByteString.CopyFromUtf8(type.ToString());

    private static Payload WithType(Payload payload, IndexedValueType type)
    {
        var typed = payload.Clone();
        if (!typed.Metadata.ContainsKey(TypeKey))
            typed.Metadata.Add(TypeKey, TypeName(type));
        return typed;
    }

    private static bool IsNoValue(Payload payload) =>
        (payload.Metadata.TryGetValue(EncodingKey, out var encoding) && encoding.ToStringUtf8() == "binary/null") || payload.Data.Span.Trim(" \t\r\n"u8) is var data && (data.SequenceEqual("null"u8) || data.SequenceEqual("[]"u8));
}
