using System.Globalization;
using Temporalio.Runtime.Otlp.Wire;

namespace Temporalio.Runtime.Otlp;

/// <summary>Tags of one series, in the order of their names. Equal if they say the same.</summary>
internal sealed class OtlpTags : IEquatable<OtlpTags>
{
    private readonly string key;

    /// <summary>Initializes a new instance of the <see cref="OtlpTags"/> class.</summary>
    /// <param name="from">Tags to start with.</param>
    /// <param name="more">Tags that are added, or replace those of the same name.</param>
    internal OtlpTags(OtlpTags? from, IReadOnlyCollection<KeyValuePair<string, object>> more)
    {
        var tags = new SortedDictionary<string, AnyValue>(StringComparer.Ordinal);
        foreach (var tag in from?.Attributes ?? [])
        {
            tags[tag.Key] = tag.Value;
        }
        foreach (var (name, value) in more)
        {
            tags[name] = ValueOf(value);
        }
        Attributes = [.. tags.Select(tag => new KeyValue { Key = tag.Key, Value = tag.Value })];
        key = string.Join('\n', Attributes.Select(tag => tag.ToString()));
    }

    /// <summary>Gets the tags as they are sent. Not to be changed: all points of a series share them.</summary>
    internal IReadOnlyList<KeyValue> Attributes { get; }

    /// <inheritdoc />
    public bool Equals(OtlpTags? other) => other?.key == key;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as OtlpTags);

    /// <inheritdoc />
    public override int GetHashCode() => key.GetHashCode(StringComparison.Ordinal);

    private static AnyValue ValueOf(object value) => value switch
    {
        bool flag => new() { BoolValue = flag },
        double or float or decimal => new() { DoubleValue = Convert.ToDouble(value, CultureInfo.InvariantCulture) },
        long or int or short or byte or uint => new() { IntValue = Convert.ToInt64(value, CultureInfo.InvariantCulture) },
        _ => new() { StringValue = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty },
    };
}
