namespace Temporalio.Workflows;

/// <summary>
/// One change of a workflow's memo: a key set, or removed.
/// </summary>
public class MemoUpdate
{
    private readonly object? value;

    private MemoUpdate(string key, object? value)
    {
        UntypedKey = key;
        this.value = value;
    }

    /// <summary>Gets a value indicating whether the key is set; otherwise it is removed.</summary>
    public bool HasValue => value != null;

    /// <summary>Gets the key.</summary>
    public string UntypedKey { get; }

    /// <summary>Gets the value to set.</summary>
    /// <exception cref="InvalidOperationException">The key is removed.</exception>
    public object UntypedValue => value ?? throw new InvalidOperationException("No value");

    /// <summary>Sets a key.</summary>
    /// <param name="key">Key.</param>
    /// <param name="value">Value, not null.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException">The value is null.</exception>
    public static MemoUpdate ValueSet(string key, object value) =>
        new(key, value ?? throw new ArgumentException("Value cannot be null", nameof(value)));

    /// <summary>Removes a key.</summary>
    /// <param name="key">Key.</param>
    /// <returns>The change.</returns>
    public static MemoUpdate ValueUnset(string key) => new(key, null);
}
