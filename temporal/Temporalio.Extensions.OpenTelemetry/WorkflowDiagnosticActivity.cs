using System.Diagnostics;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>
/// A place in a trace that workflow code is at. It stands in for an <see cref="System.Diagnostics.Activity"/>, which cannot stay open in a
/// workflow: a run may go on in another process. Dispose it, in the reverse order of making, to go back to the place before.
/// </summary>
public class WorkflowDiagnosticActivity : IDisposable
{
    private static readonly AsyncLocal<WorkflowDiagnosticActivity?> Place = new();

    /// <summary>Initializes a new instance of the <see cref="WorkflowDiagnosticActivity"/> class without a span, and makes it current.</summary>
    /// <param name="context">Where in the trace.</param>
    /// <param name="tags">Tags to hand on, or null.</param>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    internal WorkflowDiagnosticActivity(ActivityContext context, IReadOnlyCollection<KeyValuePair<string, object?>>? tags)
    {
        RequireWorkflow();
        Context = context;
        Tags = tags;
        Parent = Current;
        Place.Value = this;
    }

    /// <summary>Initializes a new instance of the <see cref="WorkflowDiagnosticActivity"/> class with a span, and makes it current.</summary>
    /// <param name="activity">The span, already stopped; null where none was made: the place is then the parent's.</param>
    /// <param name="tags">Tags to hand on, or null.</param>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    internal WorkflowDiagnosticActivity(Activity? activity, IReadOnlyCollection<KeyValuePair<string, object?>>? tags)
        : this(activity?.Context ?? Current?.Context ?? default, tags) => Activity = activity;

    /// <summary>Gets where the workflow code is now; null outside of what a <see cref="TracingInterceptor"/> wraps.</summary>
    public static WorkflowDiagnosticActivity? Current => Place.Value;

    /// <summary>Gets what was current when this was made.</summary>
    public WorkflowDiagnosticActivity? Parent { get; }

    /// <summary>Gets where in the trace this is.</summary>
    public ActivityContext Context { get; }

    /// <summary>Gets the span, already stopped; null on replay, without a listener, and for a context from outside.</summary>
    public Activity? Activity { get; }

    /// <summary>Gets the tags that spans below this one inherit.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object?>>? Tags { get; }

    /// <summary>Goes to a place in a trace without making a span.</summary>
    /// <param name="context">Where in the trace.</param>
    /// <param name="tags">Tags to hand on, or null.</param>
    /// <returns>What is current now.</returns>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    public static WorkflowDiagnosticActivity AttachFromContext(
        ActivityContext context, IReadOnlyCollection<KeyValuePair<string, object?>>? tags = null) => new(context, tags);

    /// <summary>Goes back to the place before.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes back to the place before.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) => Place.Value = Parent;

    private static void RequireWorkflow()
    {
        if (!Workflow.InWorkflow) throw new InvalidOperationException("Not in workflow");
    }
}
