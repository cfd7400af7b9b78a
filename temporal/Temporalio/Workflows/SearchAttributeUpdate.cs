using Temporalio.Api.Common.V1;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>One change of a search attribute: a value set, or the attribute removed.</summary>
public abstract class SearchAttributeUpdate
{
    /// <summary>Only this library derives from it.</summary>
    internal SearchAttributeUpdate()
    {
    }

    /// <summary>True if a value is set, false if the attribute is removed.</summary>
    public bool HasValue { get; internal init; }

    /// <summary>Key to change.</summary>
    public abstract SearchAttributeKey UntypedKey { get; }

    /// <summary>Value to set.</summary>
    /// <exception cref="InvalidOperationException">The attribute is removed.</exception>
    public abstract object UntypedValue { get; }

    /// <summary>Makes an update that sets a key.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="key">Key to set.</param>
    /// <param name="value">Value to set.</param>
    /// <returns>The update.</returns>
    public static SearchAttributeUpdate<T> ValueSet<T>(SearchAttributeKey<T> key, T value)
        where T : notnull => new(key, value);

    /// <summary>Makes an update that removes a key.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="key">Key to remove.</param>
    /// <returns>The update.</returns>
    public static SearchAttributeUpdate<T> ValueUnset<T>(SearchAttributeKey<T> key)
        where T : notnull => new(key);

    /// <summary>Payload of the upsert command, null-valued for a removal.</summary>
    internal Payload ToUpsertPayload() =>
        SearchAttributeCollection.ToAttributePayload(UntypedKey, HasValue ? UntypedValue : null);
}
