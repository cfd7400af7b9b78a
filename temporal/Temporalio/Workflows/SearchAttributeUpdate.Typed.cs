using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>One change of a search attribute: a value set, or the attribute removed.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public class SearchAttributeUpdate<T> : SearchAttributeUpdate
    where T : notnull
{
    private readonly T? value;

    /// <summary>Creates a removal.</summary>
    /// <param name="key">Key to remove.</param>
    internal SearchAttributeUpdate(SearchAttributeKey<T> key) => Key = key;

    /// <summary>Creates a change to a value.</summary>
    /// <param name="key">Key to set.</param>
    /// <param name="value">Value to set.</param>
    internal SearchAttributeUpdate(SearchAttributeKey<T> key, T value)
    {
        Key = key;
        this.value = value;
        HasValue = true;
    }

    /// <summary>Key to change.</summary>
    public SearchAttributeKey<T> Key { get; private init; }

    /// <summary>Value to set.</summary>
    /// <exception cref="InvalidOperationException">The attribute is removed.</exception>
    public T Value => HasValue ? value! : throw new InvalidOperationException("No value");

    /// <inheritdoc />
    public override SearchAttributeKey UntypedKey => Key;

    /// <inheritdoc />
    public override object UntypedValue => Value;
}
