using System.Collections.Concurrent;
using System.Diagnostics;

namespace Temporalio.InTree.Tests.OpenTelemetry;

/// <summary>Records the spans of one trace, whose root <see cref="StartTrace"/> makes.</summary>
internal sealed class SpanRecorder : IDisposable
{
    public static readonly ActivitySource Source = new(SourceName);

    private const string SourceName = "Temporalio.InTree.Tests";

    private readonly ConcurrentQueue<Activity> stopped = [];
    private readonly ActivityListener listener;
    private ActivityTraceId trace;

    public SpanRecorder()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == SourceName || source.Name.StartsWith("Temporalio.Extensions.OpenTelemetry.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>What has stopped, in that order.</summary>
    public IReadOnlyList<Activity> Spans => [.. stopped.Where(span => span.TraceId == trace)];

    /// <summary>Begins the trace; dispose the answer to leave it.</summary>
    public Activity StartTrace()
    {
        var root = Source.StartActivity("test")!;
        trace = root.TraceId;
        return root;
    }

    /// <summary>The only span of that name.</summary>
    public Activity Span(string name) => Spans.Where(span => span.OperationName == name).ShouldHaveSingleItem();

    /// <summary>Names of the spans below the root, children indented below their parents, in the order in which they stopped.</summary>
    public IReadOnlyList<string> Tree()
    {
        var spans = Spans;
        var root = spans.Where(span => span.OperationName == "test").ShouldHaveSingleItem();
        var lines = Below(root.SpanId, string.Empty).ToArray();
        lines.Length.ShouldBe(spans.Count - 1, "a span's parent is in no span of this trace");
        return lines;

        IEnumerable<string> Below(ActivitySpanId parent, string indent) => spans
            .Where(span => span.ParentSpanId == parent)
            .SelectMany(span => Below(span.SpanId, indent + "  ").Prepend(indent + span.OperationName));
    }

    public void Dispose() => listener.Dispose();
}
