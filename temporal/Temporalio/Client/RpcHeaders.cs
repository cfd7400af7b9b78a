using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcWire;

namespace Temporalio.Client;

/// <summary>The headers of a connection at one moment, ready to send; replaced as a whole when metadata or API key change.</summary>
internal sealed class RpcHeaders
{
    private const string NamespaceHeader = "temporal-namespace";
    private const int MaxRememberedNamespaces = 64;

    private static readonly string Version =
        typeof(RpcHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static readonly ConcurrentDictionary<MessageDescriptor, IFieldAccessor?> NamespaceFields = new();

    private readonly GrpcMetadata common;
    private readonly ConcurrentDictionary<string, GrpcMetadata> withNamespace = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="RpcHeaders"/> class.</summary>
    /// <param name="text">Text metadata.</param>
    /// <param name="binary">Binary metadata.</param>
    /// <param name="apiKey">API key, or null.</param>
    /// <exception cref="ArgumentException">A name or value that gRPC does not allow.</exception>
    public RpcHeaders(
        IEnumerable<KeyValuePair<string, string>> text, IEnumerable<KeyValuePair<string, byte[]>> binary, string? apiKey)
    {
        var entries = Entries(text, binary);
        AddIfAbsent(entries, "client-name", "temporal-dotnet");
        AddIfAbsent(entries, "client-version", Version);
        if (apiKey is not null) AddIfAbsent(entries, "authorization", "Bearer " + apiKey);
        common = new GrpcMetadata(entries);
    }

    /// <summary>The headers of one call.</summary>
    /// <param name="request">The request; its namespace, if it has one, becomes a header.</param>
    /// <param name="options">The call's own metadata, which wins.</param>
    /// <returns>What to send.</returns>
    public GrpcMetadata For(IMessage request, RpcOptions? options)
    {
        var name = NamespaceFields.GetOrAdd(request.Descriptor, FindNamespaceField)?.GetValue(request) as string;
        var headers = string.IsNullOrEmpty(name) ? common : WithNamespace(name);
        if (options?.Metadata is null && options?.BinaryMetadata is null) return headers;
        var entries = Entries(options.Metadata ?? [], options.BinaryMetadata ?? []);
        var own = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return new GrpcMetadata(entries.Concat(headers.Where(entry => !own.Contains(entry.Name))));
    }

    private static IFieldAccessor? FindNamespaceField(MessageDescriptor descriptor) =>
        descriptor.FindFieldByName("namespace") is { FieldType: FieldType.String, IsRepeated: false } field ? field.Accessor : null;

    private static List<GrpcMetadataEntry> Entries(
        IEnumerable<KeyValuePair<string, string>> text, IEnumerable<KeyValuePair<string, byte[]>> binary) =>
    [
        .. text.Select(pair => new GrpcMetadataEntry(pair.Key, pair.Value)),
        .. binary.Select(pair => new GrpcMetadataEntry(pair.Key, pair.Value)),
    ];

    private static void AddIfAbsent(List<GrpcMetadataEntry> entries, string name, string value)
    {
        if (!entries.Exists(entry => entry.Name == name)) entries.Add(new GrpcMetadataEntry(name, value));
    }

    private GrpcMetadata WithNamespace(string name)
    {
        if (withNamespace.TryGetValue(name, out var known)) return known;
        // A namespace name that cannot be a header is for the server to refuse, which sees it in the request.
        var isHeader = name.All(c => c is >= ' ' and <= '~');
        if (!isHeader || common.Contains(NamespaceHeader)) return common;
        var made = new GrpcMetadata(common.Append(new GrpcMetadataEntry(NamespaceHeader, name)));
        if (withNamespace.Count < MaxRememberedNamespaces) withNamespace.TryAdd(name, made);
        return made;
    }
}
