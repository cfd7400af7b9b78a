namespace Temporalio.Common;

public partial class SearchAttributeCollection
{
    /// <summary>Makes <see cref="SearchAttributeCollection"/>s. Not safe for use from several threads.</summary>
    public class Builder
    {
        private readonly SortedDictionary<SearchAttributeKey, object> values = [];

        /// <summary>Creates an empty builder.</summary>
        public Builder()
        {
        }

        /// <summary>Creates a builder with a copy of existing attributes.</summary>
        /// <param name="searchAttributes">Attributes to copy.</param>
        public Builder(SearchAttributeCollection searchAttributes) => Set(searchAttributes);

        /// <summary>Sets one attribute, replacing one of the same name whatever its type.</summary>
        /// <typeparam name="T">Type of the value.</typeparam>
        /// <param name="key">Key to set.</param>
        /// <param name="value">Value to set.</param>
        /// <returns>This builder.</returns>
        public Builder Set<T>(SearchAttributeKey<T> key, T value)
            where T : notnull => SetUntyped(key, value);

        /// <summary>Sets all attributes of a collection.</summary>
        /// <param name="searchAttributes">Attributes to copy.</param>
        /// <returns>This builder.</returns>
        public Builder Set(SearchAttributeCollection searchAttributes)
        {
            foreach (var (key, value) in searchAttributes.UntypedValues)
            {
                SetUntyped(key, value);
            }
            return this;
        }

        /// <summary>Removes the attribute of that key's name, whatever its type.</summary>
        /// <param name="key">Key to remove.</param>
        /// <returns>This builder.</returns>
        public Builder Unset(SearchAttributeKey key) => Unset(key.Name);

        /// <summary>Removes the attribute of that name.</summary>
        /// <param name="name">Name to remove.</param>
        /// <returns>This builder.</returns>
        public Builder Unset(string name)
        {
            Remove(values, name);
            return this;
        }

        /// <summary>Makes the collection. The builder can go on being used.</summary>
        /// <returns>A copy of what is set now.</returns>
        public SearchAttributeCollection ToSearchAttributeCollection() => new(new(values));

        private Builder SetUntyped(SearchAttributeKey key, object value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Remove(values, key.Name);
            values[key] = value;
            return this;
        }
    }
}
