using System.Diagnostics;
using OpenTelemetry;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Temporalio.Extensions.OpenTelemetry;

/// <content>The client's calls.</content>
public partial class TracingInterceptor
{
    private sealed class ClientOutbound(TracingInterceptor root, ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
    {
        public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input) =>
            InSpanAsync(
                $"{(input.Options.StartSignal == null ? "StartWorkflow" : "SignalWithStartWorkflow")}:{input.Workflow}",
                root.CreateWorkflowTags(input.Options.Id!),
                () => base.StartWorkflowAsync<TWorkflow, TResult>(input with { Headers = WithContext(input.Headers) }));

        public override Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
            StartUpdateWithStartWorkflowInput input)
        {
            // Without an operation the call is wrong: the next one says so.
            if (input.Options.StartWorkflowOperation is not { } start) return base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input);
            return InSpanAsync(
                $"UpdateWithStartWorkflow:{start.Workflow}",
                root.CreateUpdateTags(start.Options.Id!, input.Options.Id),
                () =>
                {
                    // The workflow and the update each have headers of their own. The operation is for one call, so it may be written to.
                    start.Headers = WithContext(start.Headers);
                    return base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input with { Headers = WithContext(input.Headers) });
                });
        }

        public override Task SignalWorkflowAsync(SignalWorkflowInput input) =>
            InSpanAsync(
                $"SignalWorkflow:{input.Signal}",
                root.CreateWorkflowTags(input.Id),
                async () =>
                {
                    await base.SignalWorkflowAsync(input with { Headers = WithContext(input.Headers) }).ConfigureAwait(false);
                    return default(ValueTuple);
                });

        public override Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) =>
            InSpanAsync(
                $"QueryWorkflow:{input.Query}",
                root.CreateWorkflowTags(input.Id),
                () => base.QueryWorkflowAsync<TResult>(input with { Headers = WithContext(input.Headers) }));

        public override Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input) =>
            InSpanAsync(
                $"UpdateWorkflow:{input.Update}",
                root.CreateUpdateTags(input.Id, input.Options.Id),
                () => base.StartWorkflowUpdateAsync<TResult>(input with { Headers = WithContext(input.Headers) }));

        private static async Task<T> InSpanAsync<T>(string name, IEnumerable<KeyValuePair<string, object?>> tags, Func<Task<T>> call)
        {
            // No parent is named: the span that the caller is in is the parent.
            using var span = ClientSource.StartActivity(name, ActivityKind.Client, default(ActivityContext), tags);
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                RecordFailure(span, e);
                throw;
            }
        }

        /// <summary>Adds the context that this is called in, which is the caller's where nobody listens to the client's source.</summary>
        private IDictionary<string, Payload>? WithContext(IDictionary<string, Payload>? headers) => Activity.Current is { } current
            ? root.HeadersFromContext(headers, new(current.Context, Baggage.Current))
            : headers;
    }
}
