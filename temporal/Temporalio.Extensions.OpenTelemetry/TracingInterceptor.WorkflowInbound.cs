using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Api.Common.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <content>What is done to a workflow.</content>
public partial class TracingInterceptor
{
    private sealed class WorkflowInbound(TracingInterceptor root, WorkflowInboundInterceptor next) : WorkflowInboundInterceptor(next)
    {
        public override void Init(WorkflowOutboundInterceptor outbound) => base.Init(new WorkflowOutbound(root, outbound));

        public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
        {
            using var start = AttachStart();
            using var run = Track($"RunWorkflow:{Workflow.Info.WorkflowType}", null);
            try
            {
                var result = await base.ExecuteWorkflowAsync(input).ConfigureAwait(true);
                WorkflowsSource.TrackWorkflowDiagnosticActivity($"CompleteWorkflow:{Workflow.Info.WorkflowType}").Dispose();
                return result;
            }
            catch (Exception e)
            {
                TrackFailure(e, "CompleteWorkflow", Workflow.Info.WorkflowType);
                throw;
            }
        }

        public override async Task HandleSignalAsync(HandleSignalInput input)
        {
            using var start = AttachStart();
            using var handling = Track($"HandleSignal:{input.Signal}", input.Headers);
            try
            {
                await base.HandleSignalAsync(input).ConfigureAwait(true);
            }
            catch (Exception e)
            {
                // A signal handler's failure is the workflow's.
                TrackFailure(e, "CompleteWorkflow", Workflow.Info.WorkflowType);
                throw;
            }
        }

        public override object? HandleQuery(HandleQueryInput input)
        {
            using var start = AttachStart();
            using var handling = Track($"HandleQuery:{input.Query}", input.Headers, evenOnReplay: true);
            try
            {
                return base.HandleQuery(input);
            }
            catch (Exception e)
            {
                RecordFailure(handling.Activity, e);
                throw;
            }
        }

        public override void ValidateUpdate(HandleUpdateInput input)
        {
            using var start = AttachStart();
            using var handling = Track($"ValidateUpdate:{input.Update}", input.Headers);
            try
            {
                base.ValidateUpdate(input);
            }
            catch (Exception e)
            {
                RecordFailure(handling.Activity, e);
                throw;
            }
        }

        public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
        {
            using var start = AttachStart();
            using var handling = Track($"HandleUpdate:{input.Update}", input.Headers);
            try
            {
                return await base.HandleUpdateAsync(input).ConfigureAwait(true);
            }
            catch (Exception e)
            {
                TrackFailure(e, "CompleteUpdate", input.Update);
                throw;
            }
        }

        /// <summary>A span of its own, because the span of what failed has ended, and was never made if this is after a replay.</summary>
        private static void TrackFailure(Exception e, string end, string of)
        {
            if (e is ContinueAsNewException) return;
            var name = e is FailureException or OperationCanceledException ? end : "WorkflowTaskFailure";
            WorkflowsSource.TrackWorkflowDiagnosticActivity($"{name}:{of}", updateActivity: span => RecordFailure(span, e)).Dispose();
        }

        /// <summary>A span below the start's, linked to the caller's if it is another's.</summary>
        private WorkflowDiagnosticActivity Track(string name, IReadOnlyDictionary<string, Payload>? callerHeaders, bool evenOnReplay = false) =>
            WorkflowsSource.TrackWorkflowDiagnosticActivity(
                name,
                ActivityKind.Server,
                root.CreateInWorkflowTags(),
                root.HeadersToContext(callerHeaders) is { } caller ? [new ActivityLink(caller.ActivityContext)] : null,
                evenOnReplay,
                inheritParentTags: false);

        private StartContext AttachStart() => new(root.HeadersToContext(Workflow.Info.Headers));
    }

    /// <summary>The context that a workflow was started in, from making until disposal.</summary>
    private sealed class StartContext : IDisposable
    {
        private readonly Baggage before = Baggage.Current;
        private readonly WorkflowDiagnosticActivity? place;

        public StartContext(PropagationContext? start)
        {
            if (start is not { } context) return;
            Baggage.Current = context.Baggage;
            place = WorkflowDiagnosticActivity.AttachFromContext(context.ActivityContext);
        }

        public void Dispose()
        {
            place?.Dispose();
            Baggage.Current = before;
        }
    }
}
