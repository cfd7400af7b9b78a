using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// The handlers of a run by name. Workflow code may change them; the runtime hears of it.
/// </summary>
/// <typeparam name="T">Definition type.</typeparam>
/// <param name="initial">Handlers of the workflow type.</param>
/// <param name="onSet">Called with each handler that is set, before it counts; may refuse by throwing.</param>
internal sealed class HandlerTable<T>(IReadOnlyDictionary<string, T> initial, Action<string, T> onSet) : IDictionary<string, T>
{
    private readonly Dictionary<string, T> handlers = new(initial);

    /// <inheritdoc/>
    public ICollection<string> Keys => handlers.Keys;

    /// <inheritdoc/>
    public ICollection<T> Values => handlers.Values;

    /// <inheritdoc/>
    public int Count => handlers.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>Gets or sets the action that follows a change.</summary>
    internal Action<string>? AfterSet { get; set; }

    /// <inheritdoc/>
    public T this[string key]
    {
        get => handlers[key];
        set
        {
            onSet(key, value);
            handlers[key] = value;
            AfterSet?.Invoke(key);
        }
    }

    /// <inheritdoc/>
    public void Add(string key, T value)
    {
        onSet(key, value);
        handlers.Add(key, value);
        AfterSet?.Invoke(key);
    }

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    /// <inheritdoc/>
    public void Clear() => handlers.Clear();

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, T> item) => ((ICollection<KeyValuePair<string, T>>)handlers).Contains(item);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => handlers.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, T>>)handlers).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => handlers.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Remove(string key) => handlers.Remove(key);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, T> item) => ((ICollection<KeyValuePair<string, T>>)handlers).Remove(item);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => handlers.TryGetValue(key, out value);
}
