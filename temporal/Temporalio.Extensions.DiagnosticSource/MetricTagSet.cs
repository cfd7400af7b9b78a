namespace Temporalio.Extensions.DiagnosticSource;

/// <summary>Tags, ordered by name; equal to another set of the same tags.</summary>
internal sealed class MetricTagSet : IEquatable<MetricTagSet>
{
    private readonly int hash;

    /// <summary>Initializes a new instance of the <see cref="MetricTagSet"/> class.</summary>
    /// <param name="from">Tags to start from, or null.</param>
    /// <param name="tags">Tags; of those with the same name the last one counts.</param>
    public MetricTagSet(MetricTagSet? from, IReadOnlyCollection<KeyValuePair<string, object>> tags)
    {
        var byName = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in from?.Pairs ?? []) byName[name] = value;
        foreach (var (name, value) in tags) byName[name] = value;
        Pairs = [.. byName];

        var code = default(HashCode);
        foreach (var (name, value) in Pairs)
        {
            code.Add(name);
            code.Add(value);
        }
        hash = code.ToHashCode();
    }

    /// <summary>Gets the tags.</summary>
    public KeyValuePair<string, object?>[] Pairs { get; }

    /// <inheritdoc/>
    public bool Equals(MetricTagSet? other) => other is not null && Pairs.AsSpan().SequenceEqual(other.Pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricTagSet);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
