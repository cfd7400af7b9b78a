using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Internal;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Tests.Support;

/// <summary>Pieces of scripted gRPC answers, byte by byte, so that the client is tested against the protocol and not against our server.</summary>
internal static class Script
{
    public static readonly GrpcMethod<StringValue, StringValue> Say = new("test.Echo", "Say", StringValue.Parser);

    public static byte[] Frame(IMessage message, byte flag = 0) => Frame(message.ToByteArray(), flag);

    public static byte[] Frame(byte[] body, byte flag = 0)
    {
        var frame = new byte[GrpcFraming.PrefixBytes + body.Length];
        GrpcFraming.WritePrefix(frame, compressed: false, body.Length);
        frame[0] = flag;
        body.CopyTo(frame, GrpcFraming.PrefixBytes);
        return frame;
    }

    public static byte[] Gzip(byte[] body)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(buffer, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(body);
        return buffer.ToArray();
    }

    /// <summary>Answers with frames and then a status in trailers.</summary>
    public static async Task AnswerAsync(HttpContext context, string status, params byte[][] frames)
    {
        Start(context);
        foreach (var frame in frames) await context.Response.Body.WriteAsync(frame);
        await context.Response.Body.FlushAsync();
        context.Response.AppendTrailer("grpc-status", status);
    }

    /// <summary>Answers with a status in the headers and no body.</summary>
    public static void TrailersOnly(HttpContext context, string status, string? message = null, string? details = null)
    {
        Start(context);
        context.Response.Headers["grpc-status"] = status;
        if (message is not null) context.Response.Headers["grpc-message"] = message;
        if (details is not null) context.Response.Headers["grpc-status-details-bin"] = details;
    }

    public static void Start(HttpContext context)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/grpc";
    }

    public static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
