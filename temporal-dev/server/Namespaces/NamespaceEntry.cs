using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Namespaces;

/// <summary>A namespace as it is now. Immutable: a change makes another one.</summary>
internal sealed record NamespaceEntry
{
    /// <summary>Gets its id, a lower-case UUID. It never changes; everything stored refers to it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets its name. It changes once, when the namespace is deleted, so that the name is free again.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what may be done in it.</summary>
    public NamespaceState State { get; init; } = NamespaceState.Registered;

    public string Description { get; init; } = "";

    public string OwnerEmail { get; init; } = "";

    /// <summary>Gets what its owners note about it.</summary>
    public ImmutableSortedDictionary<string, string> Data { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Gets how long closed workflows are kept.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>Gets the search attributes that workflows in it may have.</summary>
    public SearchAttributeRegistry SearchAttributes { get; init; } = SearchAttributeRegistry.Empty;

    /// <summary>Gets what transitions need to know of it.</summary>
    public NamespaceFacts Facts => new(Name, Id, Retention, SearchAttributes);

    /// <summary>Gets whether what is in it is being deleted.</summary>
    public bool IsBeingDeleted => State == NamespaceState.Deleted && Name.Contains("-deleted-" + Id[..5], StringComparison.Ordinal);
}
