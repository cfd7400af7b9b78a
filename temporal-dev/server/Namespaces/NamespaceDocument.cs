using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Namespaces;

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
