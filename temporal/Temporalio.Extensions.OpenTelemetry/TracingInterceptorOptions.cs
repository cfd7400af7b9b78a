using OpenTelemetry.Context.Propagation;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>What a <see cref="TracingInterceptor"/> calls its header and tags, and how it writes a context.</summary>
public class TracingInterceptorOptions : ICloneable
{
    /// <summary>Gets or sets the key of the header that carries the context.</summary>
    public string HeaderKey { get; set; } = "_tracer-data";

    /// <summary>
    /// Gets or sets what turns a context into text and back. The default is what is the process's default when the options are made; before an
    /// OpenTelemetry provider is built, that one writes nothing.
    /// </summary>
    public TextMapPropagator Propagator { get; set; } = Propagators.DefaultTextMapPropagator;

    /// <summary>Gets or sets the tag for workflow ids; null for none.</summary>
    public string? TagNameWorkflowId { get; set; } = "temporalWorkflowID";

    /// <summary>Gets or sets the tag for run ids; null for none.</summary>
    public string? TagNameRunId { get; set; } = "temporalRunID";

    /// <summary>Gets or sets the tag for activity ids; null for none.</summary>
    public string? TagNameActivityId { get; set; } = "temporalActivityID";

    /// <summary>Gets or sets the tag for update ids; null for none.</summary>
    public string? TagNameUpdateId { get; set; } = "temporalUpdateID";

    /// <summary>Makes a copy; the propagator is shared.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
