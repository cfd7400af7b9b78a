using System.Globalization;

namespace GrpcWire.Internal;

/// <summary>Says what an exception of the HTTP transport means to a caller of gRPC.</summary>
internal static class GrpcTransportErrors
{
    /// <summary>Translates.</summary>
    /// <param name="error">What the HTTP handler threw; not a cancellation that the caller asked for.</param>
    /// <returns>The gRPC error, with the original as its cause.</returns>
    public static GrpcException Translate(Exception error)
    {
        var reset = FindReset(error);
        var status = reset is null ? GrpcStatusCode.Unavailable : FromReset(reset);
        return new GrpcException(status, Describe(error), innerException: error) { IsTransportFailure = true };
    }

    // HTTP/2 error codes (RFC 9113, 7), as "gRPC over HTTP2" maps them.
    private static GrpcStatusCode FromReset(HttpProtocolException reset) => reset.ErrorCode switch
    {
        // GOAWAY with NO_ERROR and refused streams are a server going away: another connection may do.
        0x0 or 0x7 => GrpcStatusCode.Unavailable,
        0x8 => GrpcStatusCode.Cancelled,
        0xB => GrpcStatusCode.ResourceExhausted,
        0xC => GrpcStatusCode.PermissionDenied,
        _ => GrpcStatusCode.Internal,
    };

    private static HttpProtocolException? FindReset(Exception error)
    {
        for (var current = error; current is not null; current = current.InnerException!)
        {
            if (current is HttpProtocolException reset) return reset;
        }
        return null;
    }

    private static string Describe(Exception error)
    {
        var message = error.Message;
        for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!message.Contains(inner.Message, StringComparison.Ordinal)) message = string.Create(CultureInfo.InvariantCulture, $"{message}: {inner.Message}");
        }
        return message;
    }
}
