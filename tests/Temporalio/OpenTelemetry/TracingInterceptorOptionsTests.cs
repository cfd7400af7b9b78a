using System.Diagnostics;
using OpenTelemetry.Context.Propagation;
using Temporalio.Api.Common.V1;
using Temporalio.Extensions.OpenTelemetry;

namespace Temporalio.InTree.Tests.OpenTelemetry;

public class TracingInterceptorOptionsTests
{
    [Fact]
    public void Options_Unset_AreTheOfficialOnes()
    {
        var options = new TracingInterceptor().Options;
        new[] { options.HeaderKey, options.TagNameWorkflowId, options.TagNameRunId, options.TagNameActivityId, options.TagNameUpdateId }
            .ShouldBe(["_tracer-data", "temporalWorkflowID", "temporalRunID", "temporalActivityID", "temporalUpdateID"]);
        options.Propagator.ShouldBeSameAs(Propagators.DefaultTextMapPropagator);
        new[] { TracingInterceptor.ClientSource, TracingInterceptor.WorkflowsSource, TracingInterceptor.ActivitiesSource, TracingInterceptor.NexusSource }
            .Select(source => source.Name).ShouldBe(
            [
                "Temporalio.Extensions.OpenTelemetry.Client", "Temporalio.Extensions.OpenTelemetry.Workflow",
                "Temporalio.Extensions.OpenTelemetry.Activity", "Temporalio.Extensions.OpenTelemetry.Nexus",
            ]);
    }

    [Fact]
    public void Clone_Changed_LeavesTheOriginal()
    {
        var options = new TracingInterceptorOptions();
        ((TracingInterceptorOptions)options.Clone()).HeaderKey = "other";
        options.HeaderKey.ShouldBe("_tracer-data");
    }

    [Fact]
    public void Headers_WrittenAndRead_KeepTheContext()
    {
        var open = new OpenInterceptor(new() { HeaderKey = "trace", Propagator = new TraceContextPropagator(), TagNameWorkflowId = null });
        var context = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

        open.Write(new Dictionary<string, Payload> { ["other"] = new() }, context).Keys.ShouldBe(["other", "trace"], ignoreOrder: true);
        open.Read(open.Write(null, context)).ShouldBe((context.TraceId, context.SpanId));
        open.ReadNexus(open.WriteNexus(context)).ShouldBe((context.TraceId, context.SpanId));
        open.WriteNexus(context).Keys.ShouldBe(["traceparent"]);
        open.Read(new Dictionary<string, Payload>()).ShouldBeNull();
        open.Read(null).ShouldBeNull();
        open.ReadNexus(null).ShouldBeNull();
    }

    [Fact]
    public void Tags_WithoutANameOrAValue_AreLeftOut()
    {
        new OpenInterceptor(new()).UpdateTags("flow", null).ShouldBe([new("temporalWorkflowID", "flow")]);
        new OpenInterceptor(new() { TagNameWorkflowId = null }).UpdateTags("flow", "change").ShouldBe([new("temporalUpdateID", "change")]);
    }

    [Fact]
    public void TrackWorkflowDiagnosticActivity_OutsideOfAWorkflow_Throws()
    {
        Should.Throw<InvalidOperationException>(() => SpanRecorder.Source.TrackWorkflowDiagnosticActivity("own"));
        Should.Throw<InvalidOperationException>(() => WorkflowDiagnosticActivity.AttachFromContext(default));
        WorkflowDiagnosticActivity.Current.ShouldBeNull();
    }

    /// <summary>What subclasses may use and change.</summary>
    private sealed class OpenInterceptor(TracingInterceptorOptions options) : TracingInterceptor(options)
    {
        public IDictionary<string, Payload> Write(IDictionary<string, Payload>? headers, ActivityContext context) =>
            HeadersFromContext(headers, new(context, default));

        public IDictionary<string, string> WriteNexus(ActivityContext context) => HeadersFromContext((IDictionary<string, string>?)null, new(context, default));

        public (ActivityTraceId, ActivitySpanId)? Read(IDictionary<string, Payload>? headers) => Ids(HeadersToContext(headers?.AsReadOnly()));

        public (ActivityTraceId, ActivitySpanId)? ReadNexus(IDictionary<string, string>? headers) => Ids(HeadersToContext(headers?.AsReadOnly()));

        public IEnumerable<KeyValuePair<string, object?>> UpdateTags(string workflowId, string? updateId) => CreateUpdateTags(workflowId, updateId);

        private static (ActivityTraceId, ActivitySpanId)? Ids(PropagationContext? context) =>
            context is { ActivityContext: var found } ? (found.TraceId, found.SpanId) : null;
    }
}
