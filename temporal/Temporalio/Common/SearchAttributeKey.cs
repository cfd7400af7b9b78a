using Temporalio.Api.Enums.V1;

namespace Temporalio.Common;

/// <summary>Name and type of a search attribute. The <c>Create</c> methods make one with the matching .NET type.</summary>
public class SearchAttributeKey : IComparable<SearchAttributeKey>, IEquatable<SearchAttributeKey>
{
    /// <summary>Creates a key.</summary>
    /// <param name="name">Name as registered at the server.</param>
    /// <param name="valueType">Type as registered at the server.</param>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
    {
        Name = name;
        ValueType = valueType;
    }

    /// <summary>Name as registered at the server.</summary>
    public string Name { get; private init; }

    /// <summary>Type as registered at the server.</summary>
    public IndexedValueType ValueType { get; private init; }

    /// <summary>Whether both keys have the same name and type.</summary>
    public static bool operator ==(SearchAttributeKey? left, SearchAttributeKey? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether the keys differ in name or type.</summary>
    public static bool operator !=(SearchAttributeKey? left, SearchAttributeKey? right) => !(left == right);

    /// <summary>Order by name, then type.</summary>
    public static bool operator <(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) < 0;

    /// <summary>Order by name, then type.</summary>
    public static bool operator <=(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) <= 0;

    /// <summary>Order by name, then type.</summary>
    public static bool operator >(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) > 0;

    /// <summary>Order by name, then type.</summary>
    public static bool operator >=(SearchAttributeKey? left, SearchAttributeKey? right) => Compare(left, right) >= 0;

    /// <summary>Creates the key of a Text attribute: words that can be searched.</summary>
    public static SearchAttributeKey<string> CreateText(string name) => new(name, IndexedValueType.Text);

    /// <summary>Creates the key of a Keyword attribute: a string compared as a whole.</summary>
    public static SearchAttributeKey<string> CreateKeyword(string name) => new(name, IndexedValueType.Keyword);

    /// <summary>Creates the key of an Int attribute.</summary>
    public static SearchAttributeKey<long> CreateLong(string name) => new(name, IndexedValueType.Int);

    /// <summary>Creates the key of a Double attribute.</summary>
    public static SearchAttributeKey<double> CreateDouble(string name) => new(name, IndexedValueType.Double);

    /// <summary>Creates the key of a Bool attribute.</summary>
    public static SearchAttributeKey<bool> CreateBool(string name) => new(name, IndexedValueType.Bool);

    /// <summary>Creates the key of a Datetime attribute.</summary>
    public static SearchAttributeKey<DateTimeOffset> CreateDateTimeOffset(string name) =>
        new(name, IndexedValueType.Datetime);

    /// <summary>Creates the key of a KeywordList attribute.</summary>
    public static SearchAttributeKey<IReadOnlyCollection<string>> CreateKeywordList(string name) =>
        new(name, IndexedValueType.KeywordList);

    /// <inheritdoc />
    public int CompareTo(SearchAttributeKey? other)
    {
        if (other is null)
        {
            return 1;
        }
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : ValueType.CompareTo(other.ValueType);
    }

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, ValueType);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SearchAttributeKey);

    /// <inheritdoc />
    public bool Equals(SearchAttributeKey? other) =>
        other is not null && other.Name == Name && other.ValueType == ValueType;

    private static int Compare(SearchAttributeKey? left, SearchAttributeKey? right) =>
        left is null ? (right is null ? 0 : -1) : left.CompareTo(right);
}
