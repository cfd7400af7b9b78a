using System.Text.Json;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// The search attributes of one namespace: those that users registered and those that every namespace has. Immutable; a change gives a new one, to
/// be stored as the namespace's document of kind <see cref="Storage.DocumentKind.SearchAttributes"/>.
/// </summary>
internal sealed class SearchAttributeRegistry
{
    /// <summary>Registered attributes of one namespace. The real server has fewer in SQL, per type; this bounds what a caller can make us keep.</summary>
    public const int MaxCustom = 200;

    private const int MaxNameLength = 200;

    /// <summary>What a namespace begins with.</summary>
    public static readonly SearchAttributeRegistry Empty = new(new SortedDictionary<string, IndexedValueType>(StringComparer.Ordinal));

    private readonly SortedDictionary<string, IndexedValueType> custom;

    private SearchAttributeRegistry(SortedDictionary<string, IndexedValueType> custom) => this.custom = custom;

    /// <summary>What users registered, by name.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> Custom => custom;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static SearchAttributeRegistry Parse(byte[] stored)
    {
        var names = JsonSerializer.Deserialize<Dictionary<string, string>>(stored) ?? [];
        return new(new SortedDictionary<string, IndexedValueType>(names.ToDictionary(n => n.Key, n => Enum.Parse<IndexedValueType>(n.Value)), StringComparer.Ordinal));
    }

    /// <summary>As JSON: names and types in words.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(custom.ToDictionary(c => c.Key, c => c.Value.ToString()));

    /// <summary>What a filter's name means in this namespace, or null: what <see cref="QueryParser.Parse"/> asks for.</summary>
    public SearchField? Resolve(string name) =>
        SystemFields.Columns.TryGetValue(name, out var column) ? column : Attribute(name);

    /// <summary>A search attribute that a workflow may set, or null.</summary>
    public SearchField? Attribute(string name) =>
        SystemFields.Predefined.TryGetValue(name, out var predefined) ? predefined
        : custom.TryGetValue(name, out var type) ? new SearchField(name, type, IsSystem: false)
        : null;

    /// <summary>Whether a user may register this name at all.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">Its type.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? WhyNot(string name, IndexedValueType type)
    {
        if (name.Length is 0 or > MaxNameLength || !Storage.StorableText.IsStorable(name) || name.Any(char.IsControl))
            return "Search attribute names are 1 to 200 characters without control characters.";
        if (type == IndexedValueType.Unspecified || !Enum.IsDefined(type))
            return $"Unknown search attribute type: {type}.";
        return SystemFields.Columns.ContainsKey(name) || SystemFields.Predefined.ContainsKey(name) ? $"Search attribute {name} is reserved by system." : null;
    }

    /// <summary>With one more. One that is there with the same type changes nothing.</summary>
    /// <exception cref="ArgumentException">The name or type is refused (<see cref="WhyNot"/>), or is there with another type.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxCustom"/> already.</exception>
    public SearchAttributeRegistry With(string name, IndexedValueType type)
    {
        if (WhyNot(name, type) is { } reason)
            throw new ArgumentException(reason, nameof(name));
        if (custom.TryGetValue(name, out var present))
            return present == type ? this : throw new ArgumentException($"Search attribute {name} already exists with type {present}.", nameof(type));
        if (custom.Count >= MaxCustom)
            throw new InvalidOperationException($"A namespace has at most {MaxCustom} search attributes of its own.");
        return new(new SortedDictionary<string, IndexedValueType>(custom, StringComparer.Ordinal) { [name] = type });
    }

    /// <summary>Without one; rows keep its values, unseen. Null if it is not there.</summary>
    public SearchAttributeRegistry? Without(string name)
    {
        if (!custom.ContainsKey(name))
            return null;
        var rest = new SortedDictionary<string, IndexedValueType>(custom, StringComparer.Ordinal);
        rest.Remove(name);
        return new(rest);
    }
}
