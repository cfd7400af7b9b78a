using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>
/// Typed search attributes, read-only for users; a <see cref="Builder"/> makes one. The collection that a workflow sees of
/// itself follows the workflow's own updates.
/// </summary>
public partial class SearchAttributeCollection : IReadOnlyCollection<SearchAttributeKey>
{
    /// <summary>No attributes.</summary>
    public static readonly SearchAttributeCollection Empty = new();

    private const string TypeKey = "type";

    private static readonly Dictionary<IndexedValueType, ByteString> TypeNames =
        Enum.GetValues<IndexedValueType>().ToDictionary(t => t, t => ByteString.CopyFromUtf8(t.ToString()));

    private static readonly Dictionary<ByteString, IndexedValueType> TypesByName =
        TypeNames.ToDictionary(pair => pair.Value, pair => pair.Key);

    private readonly SortedDictionary<SearchAttributeKey, object> values;

    /// <summary>Creates an empty collection.</summary>
    internal SearchAttributeCollection()
        : this([])
    {
    }

    private SearchAttributeCollection(SortedDictionary<SearchAttributeKey, object> values) => this.values = values;

    /// <summary>How many attributes there are.</summary>
    public int Count => values.Count;

    /// <summary>Values without their types: string, long, double, bool, <see cref="DateTimeOffset"/> or a list of strings.</summary>
    public IReadOnlyDictionary<SearchAttributeKey, object> UntypedValues => values;

    /// <summary>Reads the wire message.</summary>
    /// <param name="searchAttributes">Message; entries that are null, as old servers may send, are left out.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="ArgumentException">An entry has no type, or one that does not exist.</exception>
    public static SearchAttributeCollection FromProto(SearchAttributes searchAttributes)
    {
        var values = new SortedDictionary<SearchAttributeKey, object>();
        foreach (var (name, payload) in searchAttributes.IndexedFields)
        {
            if (PayloadToObject(payload) is { } read)
            {
                values[new(name, read.Type)] = read.Value;
            }
        }
        return new(values);
    }

    /// <summary>Reads one attribute.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="key">Key to read.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no attribute of that name and type.</exception>
    /// <exception cref="InvalidCastException">The server holds something else under that type.</exception>
    public T Get<T>(SearchAttributeKey<T> key)
        where T : notnull =>
        values.TryGetValue(key, out var value)
            ? (T)value
            : throw new KeyNotFoundException($"{key.Name} not found or was present with different type");

    /// <summary>Reads one attribute if it is there.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="key">Key to read.</param>
    /// <param name="value">The value, if the result is true.</param>
    /// <returns>False if there is no attribute of that name and type.</returns>
    public bool TryGetValue<T>(SearchAttributeKey<T> key, out T value)
        where T : notnull
    {
        if (values.TryGetValue(key, out var untyped) && untyped is T typed)
        {
            value = typed;
            return true;
        }
        value = default!;
        return false;
    }

    /// <summary>Whether there is an attribute of that name and type.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="key">Key to look for.</param>
    /// <returns>True if there is.</returns>
    public bool ContainsKey<T>(SearchAttributeKey<T> key)
        where T : notnull => values.ContainsKey(key);

    /// <summary>Whether there is an attribute of that name, of any type.</summary>
    /// <param name="key">Name to look for.</param>
    /// <returns>True if there is.</returns>
    public bool ContainsKey(string key) => FindKey(values, key) is not null;

    /// <inheritdoc />
    public IEnumerator<SearchAttributeKey> GetEnumerator() => values.Keys.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes the wire message.</summary>
    /// <returns>The message.</returns>
    public SearchAttributes ToProto()
    {
        var proto = new SearchAttributes();
        foreach (var (key, value) in values)
        {
            proto.IndexedFields[key.Name] = ToAttributePayload(key, value);
        }
        return proto;
    }

    /// <summary>Reads one attribute's payload; null for a null value.</summary>
    internal static (object Value, IndexedValueType Type)? PayloadToObject(Payload payload)
    {
        if (!payload.Metadata.TryGetValue(TypeKey, out var typeName))
        {
            throw new ArgumentException("Metadata type missing");
        }
        var type = FindType(typeName);
        var element = DataConverter.Default.PayloadConverter.ToValue<JsonElement?>(payload);
        return element is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present
            ? null
            : (ToObject(present, type), type);
    }

    /// <summary>Writes one attribute's payload; a null value removes the attribute.</summary>
    internal static Payload ToAttributePayload(SearchAttributeKey key, object? value)
    {
        var payload = DataConverter.Default.PayloadConverter.ToPayload(value);
        payload.Metadata[TypeKey] = TypeNames[key.ValueType];
        return payload;
    }

    /// <summary>Applies a workflow's updates to this collection. Not safe for use from several threads.</summary>
    /// <exception cref="ArgumentException">A name appears twice; nothing is changed then.</exception>
    internal void ApplyUpdates(IReadOnlyCollection<SearchAttributeUpdate> updates)
    {
        var names = new HashSet<string>(updates.Count);
        if (updates.FirstOrDefault(u => !names.Add(u.UntypedKey.Name)) is { } twice)
        {
            throw new ArgumentException($"Multiple updates seen for key {twice.UntypedKey.Name}");
        }
        foreach (var update in updates)
        {
            Remove(values, update.UntypedKey.Name);
            if (update.HasValue)
            {
                values[update.UntypedKey] = update.UntypedValue;
            }
        }
    }

    private static object ToObject(JsonElement element, IndexedValueType type) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(e => ToObject(e, type)).OfType<string>().ToList(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.Number when type == IndexedValueType.Int => element.GetInt64(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when type == IndexedValueType.Datetime && element.TryGetDateTimeOffset(out var time) => time,
        JsonValueKind.String => element.GetString()!,
        _ => throw new ArgumentException($"Unexpected search attribute kind {element.ValueKind}"),
    };

    // The server writes names such as KeywordList; histories exported to JSON may hold the enumeration's own names.
    private static IndexedValueType FindType(ByteString name)
    {
        if (TypesByName.TryGetValue(name, out var type))
        {
            return type;
        }
        var text = name.ToStringUtf8();
        var compact = text.Replace("INDEXED_VALUE_TYPE_", string.Empty, StringComparison.Ordinal)
            .Replace("_", string.Empty, StringComparison.Ordinal);
        return Enum.TryParse(compact, ignoreCase: true, out type) && Enum.IsDefined(type)
            ? type
            : throw new ArgumentException($"Unrecognized metadata type {text}");
    }

    private static SearchAttributeKey? FindKey(SortedDictionary<SearchAttributeKey, object> values, string name) =>
        values.Keys.FirstOrDefault(k => k.Name == name);

    // A name has one type at a time, but a caller may give another than the one held.
    private static void Remove(SortedDictionary<SearchAttributeKey, object> values, string name)
    {
        if (FindKey(values, name) is { } key)
        {
            values.Remove(key);
        }
    }
}
