using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace GrpcWire.Internal;

/// <summary>Finds how a call ended: from trailers, from headers of a trailers-only answer, or from the HTTP status.</summary>
internal static class GrpcStatusReader
{
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";
    private const string DetailsName = "grpc-status-details-bin";

    /// <summary>Whether these headers end the call.</summary>
    /// <param name="headers">Response headers or trailers.</param>
    /// <returns>True if they carry a status.</returns>
    public static bool HasStatus(HttpHeaders headers) => headers.NonValidated.Contains(StatusName);

    /// <summary>Reads the status.</summary>
    /// <param name="headers">Headers that <see cref="HasStatus"/> accepts.</param>
    /// <returns>Null for OK, else what to throw.</returns>
    public static GrpcException? Read(HttpHeaders headers)
    {
        var text = First(headers, StatusName);
        if (text == "0") return null;
        var status = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= (int)GrpcStatusCode.Unauthenticated
            ? (GrpcStatusCode)number
            : GrpcStatusCode.Unknown;
        if (status == GrpcStatusCode.Ok) return null;
        var message = GrpcMessageText.Decode(First(headers, MessageName) ?? string.Empty);
        var details = First(headers, DetailsName) is { } encoded ? GrpcBase64.TryDecode(encoded) : null;
        return new GrpcException(status, message, details) { Trailers = ToMetadata(headers) };
    }

    /// <summary>What an HTTP status means when no gRPC status came ("HTTP to gRPC Status Code Mapping").</summary>
    /// <param name="status">HTTP status.</param>
    /// <returns>The gRPC status.</returns>
    public static GrpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    private static string? First(HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values)) return null;
        foreach (var value in values) return value;
        return null;
    }

    private static GrpcMetadata ToMetadata(HttpHeaders headers)
    {
        var entries = new List<GrpcMetadataEntry>();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name is StatusName or MessageName or DetailsName) continue;
            foreach (var value in values)
            {
                if (ToEntry(name, value) is { } entry) entries.Add(entry);
            }
        }
        return entries.Count == 0 ? GrpcMetadata.Empty : new GrpcMetadata(entries);
    }

    // A peer's odd header must not hide the status it came with: it is left out.
    private static GrpcMetadataEntry? ToEntry(string name, string value)
    {
        try
        {
            if (!name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase)) return new GrpcMetadataEntry(name, value);
            return GrpcBase64.TryDecode(value) is { } bytes ? new GrpcMetadataEntry(name, bytes) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
