using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

/// <summary>What a caller may set, and how much of it. Limits and messages are the real server's defaults.</summary>
internal static class SearchAttributeLimits
{
    public const int MaxKeys = 100;
    public const int MaxValueBytes = 2 * 1024;
    public const int MaxTotalBytes = 40 * 1024;

    /// <summary>Registered by the server and written by nobody else.</summary>
    private static readonly HashSet<string> ServersOwn = new(
        ["TemporalWorkerDeployment", "TemporalWorkerDeploymentVersion", "TemporalWorkflowVersioningBehavior", "TemporalUsedWorkerDeploymentVersions", "TemporalExternalPayloadCount", "TemporalExternalPayloadSizeBytes"],
        StringComparer.Ordinal);

    /// <exception cref="InvalidSearchAttributesException">They cannot be set.</exception>
    public static void Check(SearchAttributes given, SearchAttributeRegistry registry, string namespaceName)
    {
        var fields = given.IndexedFields.OrderBy(f => f.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, _) in fields)
        {
            if (!SystemFields.Columns.ContainsKey(name) && registry.Attribute(name) is null)
                throw new InvalidSearchAttributesException($"Namespace {namespaceName} has no mapping defined for search attribute {Shown(name)}");
        }

        if (fields.Count > MaxKeys)
            throw new InvalidSearchAttributesException($"number of search attributes {fields.Count} exceeds limit {MaxKeys}");
        foreach (var (name, payload) in fields)
            CheckOne(name, payload, registry);
        foreach (var (name, payload) in fields)
        {
            if (payload.Data.Length > MaxValueBytes)
                throw new InvalidSearchAttributesException($"search attribute {name} value size {payload.Data.Length} exceeds size limit {MaxValueBytes}");
        }

        if (given.CalculateSize() is > MaxTotalBytes and var size)
            throw new InvalidSearchAttributesException($"total size of search attributes {size} exceeds size limit {MaxTotalBytes}");
    }

    private static void CheckOne(string name, Payload payload, SearchAttributeRegistry registry)
    {
        if (SystemFields.Columns.ContainsKey(name) || ServersOwn.Contains(name))
            throw new InvalidSearchAttributesException($"{name} attribute can't be set in SearchAttributes");
        var type = registry.Attribute(name)!.Type;
        if (!SearchAttributeReader.TryRead(type, payload, out _, out var shown))
            throw new InvalidSearchAttributesException($"invalid value for search attribute {name} of type {type}: {shown}");
    }

    /// <summary>A name comes from outside: it is repeated only in part, and without what a log could not show.</summary>
    private static string Shown(string name) => StorableText.IsStorable(name) ? name.Length <= 200 ? name : name[..100] + "…" : "?";
}

/// <summary>
/// Search attributes that cannot be set. The message is the real server's. A frontend lets it pass (INVALID_ARGUMENT); a workflow task that asked for
/// it fails with BAD_SEARCH_ATTRIBUTES.
/// </summary>
internal sealed class InvalidSearchAttributesException(string message) : RpcException(new Status(StatusCode.InvalidArgument, message), message);
