using Temporalio.Api.Enums.V1;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>Search attribute key whose values have a known .NET type.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public class SearchAttributeKey<T> : SearchAttributeKey
    where T : notnull
{
    /// <summary>Creates a key.</summary>
    /// <param name="name">Name as registered at the server.</param>
    /// <param name="valueType">Type as registered at the server.</param>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
        : base(name, valueType)
    {
    }

    /// <summary>Makes an update that sets this key, for use inside a workflow.</summary>
    /// <param name="value">Value to set.</param>
    /// <returns>The update.</returns>
    public SearchAttributeUpdate<T> ValueSet(T value) => SearchAttributeUpdate.ValueSet(this, value);

    /// <summary>Makes an update that removes this key, for use inside a workflow.</summary>
    /// <returns>The update.</returns>
    public SearchAttributeUpdate<T> ValueUnset() => SearchAttributeUpdate.ValueUnset(this);
}
