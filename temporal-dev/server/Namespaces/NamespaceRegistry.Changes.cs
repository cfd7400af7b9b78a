using Grpc.Core;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Namespaces;

internal sealed partial class NamespaceRegistry
{
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
