using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Namespace.V1;
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

/// <summary>A namespace as it is stored: the answer to DescribeNamespace with what is stored of it, under its name; its search attributes beside it, under its id.</summary>
internal static class NamespaceDocument
{
    private const string AttributesName = "custom";

    public static DocumentKey Key(string name) => new(DocumentKind.Namespace, "", name);

    public static DocumentKey AttributesKey(string id) => new(DocumentKind.SearchAttributes, id, AttributesName);

    public static byte[] ToBytes(NamespaceEntry entry) => new DescribeNamespaceResponse
    {
        NamespaceInfo = Info(entry),
        Config = new NamespaceConfig { WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(entry.Retention) },
    }.ToByteArray();

    /// <summary>What the namespace is, without what this server can do in it.</summary>
    public static NamespaceInfo Info(NamespaceEntry entry) => new()
    {
        Id = entry.Id,
        Name = entry.Name,
        State = entry.State,
        Description = entry.Description,
        OwnerEmail = entry.OwnerEmail,
        Data = { entry.Data },
    };

    /// <summary>Reads what <see cref="ToBytes"/> wrote; search attributes come from their own document.</summary>
    public static NamespaceEntry Parse(byte[] stored)
    {
        var response = DescribeNamespaceResponse.Parser.ParseFrom(stored);
        var info = response.NamespaceInfo;
        return new NamespaceEntry
        {
            Id = info.Id,
            Name = info.Name,
            State = info.State,
            Description = info.Description,
            OwnerEmail = info.OwnerEmail,
            Data = info.Data.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Retention = response.Config.WorkflowExecutionRetentionTtl.ToTimeSpan(),
        };
    }
}
