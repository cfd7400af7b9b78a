using System.Collections.Immutable;
using Grpc.Core;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Namespaces;

/// <summary>
/// All namespaces, in memory for whoever asks and in the store for the next start. Reading takes no lock; changes are made one after the other and are seen when
/// they are durable.
/// </summary>
internal sealed class NamespaceRegistry(IStore store) : IDisposable
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

    /// <summary>Adds a namespace.</summary>
    /// <exception cref="RpcException">ALREADY_EXISTS; RESOURCE_EXHAUSTED at <see cref="MaxNamespaces"/>.</exception>
    public Task<NamespaceEntry> AddAsync(NamespaceEntry entry, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            if (Find(entry.Name) is not null)
                throw NamespaceErrors.AlreadyExists(entry.Name);
            if (byName.Count >= MaxNamespaces)
                throw new RpcRefusal(StatusCode.ResourceExhausted, $"This server keeps at most {MaxNamespaces} namespaces.");
            await CommitAsync([Write(entry)], cancellationToken);
            Publish(null, entry);
            return entry;
        },
        cancellationToken);

    /// <summary>Changes what a namespace says of itself; id and name stay.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or what <paramref name="change"/> throws.</exception>
    public Task<NamespaceEntry> UpdateAsync(string name, Func<NamespaceEntry, NamespaceEntry> change, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            var old = Find(name) ?? throw NamespaceErrors.NotFound(name);
            var entry = change(old);
            await CommitAsync([Write(entry)], cancellationToken);
            Publish(old, entry);
            return entry;
        },
        cancellationToken);

    /// <summary>Changes a namespace's search attributes.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or what <paramref name="change"/> throws.</exception>
    public Task<NamespaceEntry> UpdateAttributesAsync(string name, Func<SearchAttributeRegistry, SearchAttributeRegistry> change, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            var old = Find(name) ?? throw NamespaceErrors.NotFound(name);
            var entry = old with { SearchAttributes = change(old.SearchAttributes) };
            if (!ReferenceEquals(entry.SearchAttributes, old.SearchAttributes))
                await CommitAsync([new DocumentWrite(NamespaceDocument.AttributesKey(old.Id), null, entry.SearchAttributes.ToBytes())], cancellationToken);
            Publish(old, entry);
            return entry;
        },
        cancellationToken);

    /// <summary>Marks a namespace as deleted and frees its name. What is in it goes afterwards.</summary>
    /// <returns>The namespace under its last name.</returns>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public Task<NamespaceEntry> MarkDeletedAsync(string name, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            var old = Find(name) ?? throw NamespaceErrors.NotFound(name);
            if (old.IsBeingDeleted)
                return old;
            var entry = old with { State = NamespaceState.Deleted, Name = FreeName($"{old.Name}-deleted-{old.Id[..5]}", old.Id) };
            await CommitAsync([new DocumentWrite(NamespaceDocument.Key(old.Name), null, null), Write(entry)], cancellationToken);
            Publish(old, entry);
            return entry;
        },
        cancellationToken);

    /// <summary>Forgets a deleted namespace of which nothing is left.</summary>
    public Task RemoveAsync(NamespaceEntry entry, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            await CommitAsync([new DocumentWrite(NamespaceDocument.Key(entry.Name), null, null), new DocumentWrite(NamespaceDocument.AttributesKey(entry.Id), null, null)], cancellationToken);
            Publish(entry, null);
            return entry;
        },
        cancellationToken);

    private static DocumentWrite Write(NamespaceEntry entry) => new(NamespaceDocument.Key(entry.Name), null, NamespaceDocument.ToBytes(entry));

    private string FreeName(string name, string id) => Find(name) is null ? name : $"{name}-{id[5..]}";

    private async Task<NamespaceEntry> ChangeAsync(Func<Task<NamespaceEntry>> change, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (mayBeBehind)
            {
                await LoadAsync(cancellationToken);
                mayBeBehind = false;
            }
            return await change();
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task CommitAsync(IReadOnlyList<DocumentWrite> documents, CancellationToken cancellationToken)
    {
        mayBeBehind = true;
        await store.CommitAsync(new StoreTransaction { Documents = documents }, cancellationToken);
        mayBeBehind = false;
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
