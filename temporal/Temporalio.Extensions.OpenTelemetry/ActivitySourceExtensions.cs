using System.Diagnostics;
using Temporalio.Workflows;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>Spans of workflow code.</summary>
public static class ActivitySourceExtensions
{
    /// <summary>
    /// Makes a span in a workflow and goes there until the answer is disposed. The span starts and stops at once, and not on replay, so its
    /// duration says nothing; what is made below it has it for a parent as long as the run stays in the worker's cache. Workflow code must
    /// start spans in no other way.
    /// </summary>
    /// <param name="source">Source of the span.</param>
    /// <param name="name">Name.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="tags">Tags, or null.</param>
    /// <param name="links">Links, or null.</param>
    /// <param name="evenOnReplay">Whether the span is made on replay too.</param>
    /// <param name="inheritParentTags">Whether it has the tags of the place before too, which come first. Not so with other spans.</param>
    /// <param name="updateActivity">Called with the span before it stops, if one was made.</param>
    /// <returns>The new place, whether or not a span was made.</returns>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    public static WorkflowDiagnosticActivity TrackWorkflowDiagnosticActivity(
        this ActivitySource source,
        string name,
        ActivityKind kind = ActivityKind.Internal,
        IEnumerable<KeyValuePair<string, object?>>? tags = null,
        IEnumerable<ActivityLink>? links = null,
        bool evenOnReplay = false,
        bool inheritParentTags = true,
        Action<Activity>? updateActivity = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!Workflow.InWorkflow) throw new InvalidOperationException("Not in a workflow");

        var parent = WorkflowDiagnosticActivity.Current;
        var all = inheritParentTags && parent?.Tags is { } inherited ? [.. inherited, .. tags ?? []] : tags?.ToArray();
        Activity? span = null;
        if (evenOnReplay || !Workflow.Unsafe.IsReplaying)
        {
            using (span = source.StartActivity(name, kind, parent?.Context ?? default, all, links))
            {
                if (span != null) updateActivity?.Invoke(span);
            }
        }
        return new(span, all);
    }
}
