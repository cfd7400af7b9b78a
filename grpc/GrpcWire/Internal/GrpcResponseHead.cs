using System.Net;

namespace GrpcWire.Internal;

/// <summary>Checks of response headers and trailers.</summary>
internal static class GrpcResponseHead
{
    /// <summary>Throws if the headers alone say that the call failed, or that the peer does not speak gRPC.</summary>
    /// <param name="response">The response, headers read.</param>
    public static void ThrowIfFailed(HttpResponseMessage response)
    {
        if (GrpcStatusReader.HasStatus(response.Headers))
        {
            // Trailers-only. OK here without a message is caught where the message is missed.
            if (GrpcStatusReader.Read(response.Headers) is { } failure) throw failure;
            return;
        }
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var status = GrpcStatusReader.FromHttp(response.StatusCode);
            throw new GrpcException(status, $"The peer answered HTTP {(int)response.StatusCode} without a gRPC status") { IsTransportFailure = true };
        }
        var type = response.Content.Headers.NonValidated.TryGetValues("content-type", out var values) ? values.ToString() : string.Empty;
        if (!type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
            throw new GrpcException(GrpcStatusCode.Unknown, $"The peer answered with content type '{Shorten(type)}', not gRPC") { IsTransportFailure = true };
    }

    /// <summary>Throws if the trailers say that the call failed, or if there are none.</summary>
    /// <param name="response">The response, read to its end.</param>
    public static void ThrowIfTrailersFailed(HttpResponseMessage response)
    {
        if (GrpcStatusReader.HasStatus(response.TrailingHeaders))
        {
            if (GrpcStatusReader.Read(response.TrailingHeaders) is { } failure) throw failure;
            return;
        }
        if (!GrpcStatusReader.HasStatus(response.Headers))
            throw new GrpcException(GrpcStatusCode.Unknown, "The response ended without a gRPC status") { IsTransportFailure = true };
    }

    /// <summary>The compression of the messages.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The <c>grpc-encoding</c>, or null for none.</returns>
    public static string? Encoding(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("grpc-encoding", out var values)) return null;
        var name = values.ToString();
        return name == "identity" ? null : name;
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64];
}
