using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Api.Nexus.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Nexus;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.NexusTasks;

/// <summary>Finds and runs the handlers of a worker's Nexus services.</summary>
internal sealed class NexusHandlers
{
    private readonly WorkerEnvironment environment;
    private readonly Dictionary<string, ServiceHandlerInstance> services = [];

    /// <summary>Initializes a new instance of the <see cref="NexusHandlers"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <exception cref="ArgumentException">Two services have one name.</exception>
    internal NexusHandlers(WorkerEnvironment environment)
    {
        this.environment = environment;
        foreach (var service in environment.Options.NexusServices)
        {
            if (!services.TryAdd(service.Definition.Name, service))
            {
                throw new ArgumentException($"Duplicate Nexus service named {service.Definition.Name}");
            }
        }
    }

    /// <summary>Answers a call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="HandlerException">There is no such operation, or its handler throws this.</exception>
    internal async Task<Response> HandleAsync(NexusCall call) => call.Request.VariantCase switch
    {
        Request.VariantOneofCase.StartOperation => new()
        {
            StartOperation = await StartAsync(call, call.Request.StartOperation).ConfigureAwait(false),
        },
        Request.VariantOneofCase.CancelOperation => new()
        {
            CancelOperation = await CancelAsync(call, call.Request.CancelOperation).ConfigureAwait(false),
        },
        var other => throw new HandlerException(HandlerErrorType.NotImplemented, $"Nexus request {other} is not known"),
    };

    private static List<Link> LinksOf(OperationContext context) =>
        [.. context.OutboundLinks.Select(link => new Link { Url = link.Uri.OriginalString, Type = link.Type })];

    private static NexusLink? ToLink(Link link) =>
        Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) ? new(uri, link.Type) : null;

    private async Task<StartOperationResponse> StartAsync(NexusCall call, StartOperationRequest request)
    {
        var context = new OperationStartContext(request.Service, request.Operation, call.Token, request.RequestId)
        {
            Headers = call.Headers,
            RequestDeadline = call.Deadline,
            CallbackUrl = request.Callback is { Length: > 0 } url ? url : null,
            CallbackHeaders = NexusCall.AnyCase(request.CallbackHeader),
            InboundLinks = [.. request.Links.Select(ToLink).OfType<NexusLink>()],
        };
        call.Show(context);
        var (operation, handler) = Find(context);
        try
        {
            using var scope = Enter(call, context);
            var input = await ReadAsync(request, operation).ConfigureAwait(false);
            var result = await Chain(handler).ExecuteNexusOperationStartAsync(new(context, input)).ConfigureAwait(false);
            return await AnswerAsync(context, operation, result).ConfigureAwait(false);
        }
        catch (OperationException e)
        {
            var answer = new StartOperationResponse();
#pragma warning disable CS0612 // The form that every server understands.
            answer.OperationError = new()
            {
                OperationState = e.State == OperationState.Canceled ? "canceled" : "failed",
                Failure = await NexusFailures.ToFailureAsync(e, environment.DataConverter).ConfigureAwait(false),
            };
#pragma warning restore CS0612
            return answer;
        }
    }

    private async Task<object?> ReadAsync(StartOperationRequest request, OperationDefinition operation)
    {
        if (NoValue.IsVoidType(operation.InputType))
        {
            return default(NoValue);
        }
        if (request.Payload == null)
        {
            throw new HandlerException(HandlerErrorType.BadRequest, "The operation needs an argument");
        }
        // A codec may work the next time, a converter never does.
        var converter = environment.DataConverter;
        var payload = converter.PayloadCodec is { } codec
            ? (await codec.DecodeAsync([request.Payload]).ConfigureAwait(false)).Single()
            : request.Payload;
        try
        {
            return converter.PayloadConverter.ToValue(payload, operation.InputType);
        }
        catch (Exception e) when (e is not HandlerException)
        {
            throw new HandlerException(
                HandlerErrorType.BadRequest,
                "Payload converter failed to decode Nexus operation input",
                e,
                HandlerErrorRetryBehavior.NonRetryable);
        }
    }

    private async Task<StartOperationResponse> AnswerAsync(
        OperationStartContext context, OperationDefinition operation, OperationStartResult<object?> result)
    {
        if (result.AsyncOperationToken is { } token)
        {
            return new() { AsyncSuccess = new() { OperationToken = token, Links = { LinksOf(context) } } };
        }
        var value = NoValue.IsVoidType(operation.OutputType) ? null : result.SyncResultValue;
        return new()
        {
            SyncSuccess = new()
            {
                Payload = await environment.DataConverter.ToPayloadAsync(value).ConfigureAwait(false),
                Links = { LinksOf(context) },
            },
        };
    }

    private async Task<CancelOperationResponse> CancelAsync(NexusCall call, CancelOperationRequest request)
    {
        var context = new OperationCancelContext(request.Service, request.Operation, call.Token, request.OperationToken)
        {
            Headers = call.Headers,
            RequestDeadline = call.Deadline,
        };
        call.Show(context);
        var (_, handler) = Find(context);
        using var scope = Enter(call, context);
        await Chain(handler).ExecuteNexusOperationCancelAsync(new(context)).ConfigureAwait(false);
        return new();
    }

    private (OperationDefinition Operation, IOperationHandler<object?, object?> Handler) Find(OperationContext context) =>
        services.TryGetValue(context.Service, out var service) &&
        service.OperationHandlers.TryGetValue(context.Operation, out var handler)
            ? (service.Definition.Operations[context.Operation], handler)
            : throw new HandlerException(
                HandlerErrorType.NotFound, $"Unrecognized service {context.Service} or operation {context.Operation}");

    private NexusOperationInboundInterceptor Chain(IOperationHandler<object?, object?> handler)
    {
        NexusOperationInboundInterceptor chain = new Last(handler);
        foreach (var interceptor in environment.Interceptors.Reverse())
        {
            chain = interceptor.InterceptNexusOperation(chain);
        }
        return chain;
    }

    // An async method's change of an async local ends with it, so nothing has to be put back.
    private IDisposable? Enter(NexusCall call, OperationContext context)
    {
        var logger = environment.LoggerFactory.CreateLogger($"Temporalio.Nexus:{context.Service}:{context.Operation}");
        NexusOperationExecutionContext.AsyncLocalCurrent.Value = new(
            context,
            new(environment.Namespace, environment.TaskQueue) { Endpoint = call.Request.Endpoint },
            logger,
            environment.MetricMeter,
            environment.Client as ITemporalClient);
        return logger.BeginScope(new Dictionary<string, object>
        {
            ["Service"] = context.Service,
            ["Operation"] = context.Operation,
        });
    }

    private sealed class Last(IOperationHandler<object?, object?> handler) : NexusOperationInboundInterceptor
    {
        public override Task<OperationStartResult<object?>> ExecuteNexusOperationStartAsync(ExecuteNexusOperationStartInput input) =>
            handler.StartAsync(input.Context, input.Input);

        public override Task ExecuteNexusOperationCancelAsync(ExecuteNexusOperationCancelInput input) =>
            handler.CancelAsync(input.Context);
    }
}
