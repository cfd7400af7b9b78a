using System.Collections.Immutable;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Namespaces;

/// <summary>
/// All namespaces, in memory for whoever asks and in the store for the next start. Reading takes no lock; changes are made one after the other and are seen when
/// they are durable.
/// </summary>
internal sealed partial class NamespaceRegistry(IStore store) : IDisposable
{
    /// <summary>More is no use on one machine, and less than what would hurt.</summary>
    public const int MaxNamespaces = 1_000;

    private readonly SemaphoreSlim changing = new(1, 1);
    private volatile ImmutableSortedDictionary<string, NamespaceEntry> byName = ImmutableSortedDictionary.Create<string, NamespaceEntry>(StringComparer.Ordinal);
    private volatile ImmutableDictionary<string, NamespaceEntry> byId = ImmutableDictionary.Create<string, NamespaceEntry>(StringComparer.Ordinal);

    // After a write of unknown outcome, memory may be behind the store: read it again before the next change.
    private bool mayBeBehind;

    /// <summary>Gets who must forget what a deleted namespace held; filled while modules register.</summary>
    public IList<INamespaceCleaner> Cleaners { get; } = [];

    /// <summary>Gets all, by name.</summary>
    public ImmutableSortedDictionary<string, NamespaceEntry> All => byName;

    /// <summary>Reads what is stored; before anything else.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await store.ListDocumentsAsync(DocumentKind.Namespace, null, cancellationToken);
        var attributes = await store.ListDocumentsAsync(DocumentKind.SearchAttributes, null, cancellationToken);
        var attributesById = attributes.ToDictionary(d => d.Key.Scope, d => SearchAttributeRegistry.Parse(d.Body), StringComparer.Ordinal);
        var entries = documents.Select(d => NamespaceDocument.Parse(d.Body)).Select(e => e with { SearchAttributes = attributesById.GetValueOrDefault(e.Id, SearchAttributeRegistry.Empty) }).ToList();
        byName = entries.ToImmutableSortedDictionary(e => e.Name, e => e, StringComparer.Ordinal);
        byId = entries.ToImmutableDictionary(e => e.Id, e => e, StringComparer.Ordinal);
    }

    /// <summary>The namespace of that name, whatever its state, or null.</summary>
    public NamespaceEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The namespace of that id, whatever its state, or null.</summary>
    public NamespaceEntry? FindById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The namespace of a request that reads or changes what is in it.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT without a name, NOT_FOUND, FAILED_PRECONDITION for one that is marked as deleted.</exception>
    public NamespaceEntry Require(string name)
    {
        var entry = RequireAny(name);
        if (entry.State is not (NamespaceState.Registered or NamespaceState.Deprecated))
            throw NamespaceErrors.InvalidState(entry, NamespaceState.Registered, NamespaceState.Deprecated);
        return entry;
    }

    /// <summary>The namespace of a request that starts something in it: a deprecated one takes nothing new.</summary>
    /// <exception cref="Grpc.Core.RpcException">As <see cref="Require"/>.</exception>
    public NamespaceEntry RequireForStart(string name)
    {
        var entry = RequireAny(name);
        if (entry.State != NamespaceState.Registered)
            throw NamespaceErrors.InvalidState(entry, NamespaceState.Registered);
        return entry;
    }

    public void Dispose() => changing.Dispose();

    private NamespaceEntry RequireAny(string name)
    {
        if (name.Length == 0)
            throw NamespaceErrors.Empty();
        return Find(name) ?? throw NamespaceErrors.NotFound(name);
    }

    private void Publish(NamespaceEntry? old, NamespaceEntry? entry)
    {
        if (old is not null)
        {
            byName = byName.Remove(old.Name);
            byId = byId.Remove(old.Id);
        }
        if (entry is not null)
        {
            byName = byName.SetItem(entry.Name, entry);
            byId = byId.SetItem(entry.Id, entry);
        }
    }
}

/// <summary>Forgets what a part of the server keeps of a namespace that is deleted.</summary>
internal interface INamespaceCleaner
{
    /// <summary>Deletes it all, for good. May be called again for the same namespace, after a restart in between.</summary>
    /// <param name="namespaceId">The namespace's id; its name leads nowhere any more.</param>
    /// <param name="cancellationToken">The server ends; it will ask again at its next start.</param>
    Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken);
}
