using System.Diagnostics;
using OpenTelemetry.Context.Propagation;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>
/// Makes spans of what clients, workflows, activities and Nexus operations do, and carries their contexts from one to the next in headers. An
/// interceptor of a client's options is one of its workers too. Code of clients, activities and operations may start spans as it likes; code of
/// workflows uses <see cref="ActivitySourceExtensions.TrackWorkflowDiagnosticActivity"/> and nothing else.
/// </summary>
/// <remarks>
/// Spans of workflows have no duration: they start and stop at once, and not on replay. After a run has left the worker's cache, spans have the
/// start's span for a parent where they had had the run's. A failed workflow task is tried again, so what it had made may come twice.
/// </remarks>
public partial class TracingInterceptor : IClientInterceptor, IWorkerInterceptor
{
    /// <summary>Source of the spans of clients.</summary>
    public static readonly ActivitySource ClientSource = new("Temporalio.Extensions.OpenTelemetry.Client");

    /// <summary>Source of the spans of workflows, of what they do and of what is done to them.</summary>
    public static readonly ActivitySource WorkflowsSource = new("Temporalio.Extensions.OpenTelemetry.Workflow");

    /// <summary>Source of the spans of activity attempts.</summary>
    public static readonly ActivitySource ActivitiesSource = new("Temporalio.Extensions.OpenTelemetry.Activity");

    /// <summary>Source of the spans of Nexus operation handlers.</summary>
    public static readonly ActivitySource NexusSource = new("Temporalio.Extensions.OpenTelemetry.Nexus");

    /// <summary>Initializes a new instance of the <see cref="TracingInterceptor"/> class.</summary>
    /// <param name="options">Options, which must not change afterwards; null for the defaults.</param>
    public TracingInterceptor(TracingInterceptorOptions? options = null) => Options = options ?? new();

    /// <summary>Gets the options.</summary>
    public TracingInterceptorOptions Options { get; init; }

    /// <inheritdoc/>
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new ClientOutbound(this, nextInterceptor);

    /// <inheritdoc/>
    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) =>
        new WorkflowInbound(this, nextInterceptor);

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new ActivityInbound(this, nextInterceptor);

    /// <inheritdoc/>
    public NexusOperationInboundInterceptor InterceptNexusOperation(NexusOperationInboundInterceptor nextInterceptor) =>
        new NexusOperationInbound(this, nextInterceptor);

    /// <summary>Writes a context into headers of Temporal: a JSON object of strings under <see cref="TracingInterceptorOptions.HeaderKey"/>.</summary>
    /// <param name="headers">Headers to add to, or null for new ones.</param>
    /// <param name="ctx">Context.</param>
    /// <returns>The headers. The codec encodes them later, with the others.</returns>
    protected virtual IDictionary<string, Payload> HeadersFromContext(IDictionary<string, Payload>? headers, PropagationContext ctx)
    {
        var text = new Dictionary<string, string>();
        Options.Propagator.Inject(ctx, text, Set);
        headers ??= new Dictionary<string, Payload>();
        headers[Options.HeaderKey] = DataConverter.Default.PayloadConverter.ToPayload(text);
        return headers;
    }

    /// <summary>Writes a context into headers of Nexus, each field by itself.</summary>
    /// <param name="headers">Headers to add to, or null for new ones.</param>
    /// <param name="ctx">Context.</param>
    /// <returns>The headers.</returns>
    protected virtual IDictionary<string, string> HeadersFromContext(IDictionary<string, string>? headers, PropagationContext ctx)
    {
        headers ??= new Dictionary<string, string>();
        Options.Propagator.Inject(ctx, headers, Set);
        return headers;
    }

    /// <summary>Reads a context from headers of Temporal.</summary>
    /// <param name="headers">Headers, or null.</param>
    /// <returns>The context; null without the header.</returns>
    protected virtual PropagationContext? HeadersToContext(IReadOnlyDictionary<string, Payload>? headers)
    {
        if (headers == null || !headers.TryGetValue(Options.HeaderKey, out var payload)) return null;
        var text = DataConverter.Default.PayloadConverter.ToValue<Dictionary<string, string>>(payload);
        return Extract(text);
    }

    /// <summary>Reads a context from headers of Nexus.</summary>
    /// <param name="headers">Headers, or null.</param>
    /// <returns>The context; null without headers.</returns>
    protected virtual PropagationContext? HeadersToContext(IReadOnlyDictionary<string, string>? headers) => Extract(headers);

    /// <summary>Tags of a client's call of a workflow.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <returns>Tags.</returns>
    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateWorkflowTags(string workflowId) =>
        Tags((Options.TagNameWorkflowId, workflowId));

    /// <summary>Tags of a client's call of an update.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="updateId">Update id, if the caller gave one.</param>
    /// <returns>Tags.</returns>
    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateUpdateTags(string workflowId, string? updateId) =>
        Tags((Options.TagNameWorkflowId, workflowId), (Options.TagNameUpdateId, updateId));

    /// <summary>Tags of the workflow that runs.</summary>
    /// <returns>Tags.</returns>
    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateInWorkflowTags() =>
        Tags((Options.TagNameWorkflowId, Workflow.Info.WorkflowId), (Options.TagNameRunId, Workflow.Info.RunId));

    /// <summary>Tags of the activity attempt that runs.</summary>
    /// <returns>Tags.</returns>
    protected virtual IEnumerable<KeyValuePair<string, object?>> CreateInActivityTags()
    {
        var info = ActivityExecutionContext.Current.Info;
        return Tags(
            (Options.TagNameWorkflowId, info.WorkflowId),
            (Options.TagNameRunId, info.WorkflowRunId),
            (Options.TagNameActivityId, info.ActivityId));
    }

    private static KeyValuePair<string, object?>[] Tags(params ReadOnlySpan<(string? Name, string? Value)> candidates)
    {
        var tags = new List<KeyValuePair<string, object?>>(candidates.Length);
        foreach (var (name, value) in candidates)
        {
            if (name != null && value != null) tags.Add(new(name, value));
        }
        return [.. tags];
    }

    private static void Set(IDictionary<string, string> text, string field, string value) => text[field] = value;

    private static IEnumerable<string> Get(IReadOnlyDictionary<string, string> text, string field) =>
        text.TryGetValue(field, out var value) ? [value] : [];

    private PropagationContext? Extract(IReadOnlyDictionary<string, string>? text) =>
        text == null ? null : Options.Propagator.Extract(default, text, Get);

    private static void RecordFailure(Activity? span, Exception exception)
    {
        // A failure that the application calls benign is an event but no error. Only where it is thrown: to whoever waits for it, it comes wrapped.
        if (exception is not ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
        span?.AddException(exception);
    }
}
