using System.IO.Pipelines;
using Google.Protobuf;
using GrpcWire.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace GrpcWire.Server.Internal;

/// <summary>Takes a service's requests from HTTP to its handlers and the handlers' ends back to gRPC statuses.</summary>
internal sealed partial class GrpcServiceHandler(GrpcServiceDefinition service, GrpcServerOptions options, ILogger logger)
{
    private const string GrpcContentType = "application/grpc";

    public static Task RefuseUnknownServiceAsync(HttpContext context)
    {
        if (!IsGrpc(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        StartResponse(context);
        new GrpcResponse(context, compress: false, 0).End(GrpcStatusCode.Unimplemented, $"unknown service or method {context.Request.Path}", null, []);
        return Task.CompletedTask;
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (!IsGrpc(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status505HttpVersionNotsupported;
            return;
        }
        StartResponse(context);
        var response = new GrpcResponse(context, options.CompressResponses && AcceptsGzip(context.Request), options.CompressionThresholdBytes);
        await RunAsync(context, response);
    }

    private static void StartResponse(HttpContext context)
    {
        // Messages are bounded one by one; Kestrel's limit of a whole body would cut streams.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = GrpcContentType;
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
    }

    private static bool IsGrpc(HttpRequest request)
    {
        var type = request.ContentType;
        return type is not null && type.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase)
            && (type.Length == GrpcContentType.Length || type[GrpcContentType.Length] is '+' or ';' or ' ')
            && !type.Contains("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers["grpc-accept-encoding"].ToString().Contains(GrpcGzip.Name, StringComparison.Ordinal);

    private static string? RequestEncoding(HttpRequest request)
    {
        string? name = request.Headers["grpc-encoding"];
        return name switch
        {
            null or "" or "identity" => null,
            GrpcGzip.Name => name,
            _ => throw new GrpcException(GrpcStatusCode.Unimplemented, $"grpc-encoding '{name}' is not supported"),
        };
    }

    private static TimeSpan? ReadTimeout(HttpRequest request)
    {
        string? header = request.Headers["grpc-timeout"];
        if (string.IsNullOrEmpty(header)) return null;
        if (!GrpcTimeoutHeader.TryParse(header, out var timeout)) throw new GrpcException(GrpcStatusCode.Internal, "malformed grpc-timeout");
        return timeout;
    }

    private async Task RunAsync(HttpContext context, GrpcResponse response)
    {
        GrpcServerCall? call = null;
        using var lifetime = new GrpcServerLifetime(context.RequestAborted);
        try
        {
            lifetime.SetDeadline(ReadTimeout(context.Request));
            call = new GrpcServerCall(context, context.Request.Path.Value!, lifetime.Deadline, lifetime.Token);
            var name = (string?)context.Request.RouteValues["method"] ?? string.Empty;
            if (!service.Methods.TryGetValue(name, out var invoker))
                throw new GrpcException(GrpcStatusCode.Unimplemented, $"{service.FullName} has no method {name}, or it is not built");
            var request = await ReceiveAsync(context.Request, invoker, lifetime.Token);
            await invoker.InvokeAsync(request, response, call);
            lifetime.Token.ThrowIfCancellationRequested();
            response.End(GrpcStatusCode.Ok, null, null, call.Trailers);
        }
        catch (GrpcException e)
        {
            response.End(e.Status, e.Message, e.Details, call?.Trailers ?? []);
        }
        catch (OperationCanceledException) when (lifetime.IsPastDeadline)
        {
            response.End(GrpcStatusCode.DeadlineExceeded, "Deadline exceeded", null, []);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The caller is gone; nobody reads a status.
            LogCallerGone(context.Request.Path);
        }
        catch (OperationCanceledException)
        {
            response.End(GrpcStatusCode.Cancelled, "The call was cancelled, or its request did not arrive in time", null, []);
        }
        catch (Exception e)
        {
            // What broke is for the log: to a stranger it may tell too much.
            LogHandlerFailed(e, context.Request.Path);
            response.End(GrpcStatusCode.Unknown, "The handler failed", null, []);
        }
    }

    private async ValueTask<IMessage> ReceiveAsync(HttpRequest request, GrpcMethodInvoker invoker, CancellationToken cancellationToken)
    {
        var encoding = RequestEncoding(request);
        // Most requests are here already; only for the others a timer is worth its cost.
        var reading = GrpcRequestReader.ReadAsync(request.BodyReader, invoker, encoding, options.MaxReceiveBytes, cancellationToken);
        if (reading.IsCompleted) return await reading;
        using var late = new Timer(static body => ((PipeReader)body!).CancelPendingRead(), request.BodyReader, options.ReceiveTimeout, Timeout.InfiniteTimeSpan);
        return await reading;
    }

    [LoggerMessage(EventId = 9301, Level = LogLevel.Debug, Message = "gRPC {Path}: the caller went away")]
    private partial void LogCallerGone(PathString path);

    [LoggerMessage(EventId = 9302, Level = LogLevel.Error, Message = "gRPC {Path}: the handler failed")]
    private partial void LogHandlerFailed(Exception exception, PathString path);
}
