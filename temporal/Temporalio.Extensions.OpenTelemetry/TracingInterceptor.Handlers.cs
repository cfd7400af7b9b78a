using System.Diagnostics;
using NexusRpc.Handlers;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Extensions.OpenTelemetry;

/// <content>Activity attempts and Nexus operation handlers, which are ordinary code: one span from beginning to end.</content>
public partial class TracingInterceptor
{
    private static async Task<T> HandleAsync<T>(
        PropagationContext? caller, Func<ActivityContext, Activity?> startSpan, Func<Task<T>> handler)
    {
        var before = Baggage.Current;
        if (caller is { } context) Baggage.Current = context.Baggage;
        try
        {
            using var span = startSpan(caller?.ActivityContext ?? default);
            try
            {
                return await handler().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                RecordFailure(span, e);
                throw;
            }
        }
        finally
        {
            Baggage.Current = before;
        }
    }

    private sealed class ActivityInbound(TracingInterceptor root, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => HandleAsync(
            root.HeadersToContext(input.Headers),
            parent => ActivitiesSource.StartActivity(
                $"RunActivity:{input.Activity.Name}", ActivityKind.Server, parent, root.CreateInActivityTags()),
            () => base.ExecuteActivityAsync(input));
    }

    private sealed class NexusOperationInbound(TracingInterceptor root, NexusOperationInboundInterceptor next)
        : NexusOperationInboundInterceptor(next)
    {
        public override Task<OperationStartResult<object?>> ExecuteNexusOperationStartAsync(ExecuteNexusOperationStartInput input) => HandleAsync(
            root.HeadersToContext(input.Context.Headers),
            parent => NexusSource.StartActivity(
                $"RunStartNexusOperationHandler:{input.Context.Service}/{input.Context.Operation}", ActivityKind.Server, parent),
            () => base.ExecuteNexusOperationStartAsync(input));

        public override Task ExecuteNexusOperationCancelAsync(ExecuteNexusOperationCancelInput input) => HandleAsync(
            root.HeadersToContext(input.Context.Headers),
            parent => NexusSource.StartActivity(
                $"RunCancelNexusOperationHandler:{input.Context.Service}/{input.Context.Operation}", ActivityKind.Server, parent),
            async () =>
            {
                await base.ExecuteNexusOperationCancelAsync(input).ConfigureAwait(false);
                return default(ValueTuple);
            });
    }
}
