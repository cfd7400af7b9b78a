using GrpcWire.Internal;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Server.Internal;

/// <summary>Reads metadata out of request headers.</summary>
internal static class GrpcRequestHeaders
{
    public static GrpcMetadata ToMetadata(IHeaderDictionary headers)
    {
        var entries = new List<GrpcMetadataEntry>();
        foreach (var (header, values) in headers)
        {
            var name = header.ToLowerInvariant();
            if (IsReserved(name)) continue;
            foreach (var value in values)
            {
                if (value is not null && ToEntry(name, value) is { } entry) entries.Add(entry);
            }
        }
        return entries.Count == 0 ? GrpcMetadata.Empty : new GrpcMetadata(entries);
    }

    private static bool IsReserved(string name) =>
        name[0] == ':' || name.StartsWith("grpc-", StringComparison.Ordinal)
        || name is "host" or "te" or "content-type" or "content-length" or "user-agent" or "connection";

    // What is not metadata by gRPC's rules is as good as not sent.
    private static GrpcMetadataEntry? ToEntry(string name, string value)
    {
        try
        {
            if (!name.EndsWith("-bin", StringComparison.Ordinal)) return new GrpcMetadataEntry(name, value);
            return GrpcBase64.TryDecode(value) is { } bytes ? new GrpcMetadataEntry(name, bytes) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
