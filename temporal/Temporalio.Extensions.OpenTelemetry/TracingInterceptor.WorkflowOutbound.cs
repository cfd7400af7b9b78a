using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <content>What a workflow does.</content>
public partial class TracingInterceptor
{
    private sealed class WorkflowOutbound(TracingInterceptor root, WorkflowOutboundInterceptor next) : WorkflowOutboundInterceptor(next)
    {
        private static PropagationContext Here => new(WorkflowDiagnosticActivity.Current?.Context ?? default, Baggage.Current);

        // No span: what the next run does is below what this one was doing.
        public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) =>
            base.CreateContinueAsNewException(input with { Headers = root.HeadersFromContext(input.Headers, Here) });

        public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input)
        {
            using (Track($"StartActivity:{input.Activity}")) input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            return base.ScheduleActivityAsync<TResult>(input);
        }

        public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input)
        {
            using (Track($"StartActivity:{input.Activity}")) input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            return base.ScheduleLocalActivityAsync<TResult>(input);
        }

        public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input)
        {
            using (Track($"SignalChildWorkflow:{input.Signal}")) input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            return base.SignalChildWorkflowAsync(input);
        }

        public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input)
        {
            using (Track($"SignalExternalWorkflow:{input.Signal}")) input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            return base.SignalExternalWorkflowAsync(input);
        }

        public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(StartChildWorkflowInput input)
        {
            using (Track($"StartChildWorkflow:{input.Workflow}")) input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            return base.StartChildWorkflowAsync<TWorkflow, TResult>(input);
        }

        public override Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(StartNexusOperationInput input)
        {
            using (Track($"StartNexusOperation:{input.Service}/{input.OperationName}"))
            {
                input = input with { Headers = root.HeadersFromContext(input.Headers, Here) };
            }
            return base.StartNexusOperationAsync<TResult>(input);
        }

        private static WorkflowDiagnosticActivity Track(string name) =>
            WorkflowsSource.TrackWorkflowDiagnosticActivity(name, ActivityKind.Client);
    }
}
