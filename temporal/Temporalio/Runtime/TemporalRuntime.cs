namespace Temporalio.Runtime;

/// <summary>What connections and workers share: telemetry. The official runtime also owns native threads; this one needs none.</summary>
public sealed class TemporalRuntime
{
    private static readonly Lazy<TemporalRuntime> LazyDefault = new(() => new TemporalRuntime(new TemporalRuntimeOptions()));

    /// <summary>Initializes a new instance of the <see cref="TemporalRuntime"/> class.</summary>
    /// <param name="options">Options, copied.</param>
    public TemporalRuntime(TemporalRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = (TemporalRuntimeOptions)options.Clone();
    }

    /// <summary>Gets the runtime of connections that name none; made when first asked for.</summary>
    public static TemporalRuntime Default => LazyDefault.Value;

    /// <summary>Gets the options.</summary>
    internal TemporalRuntimeOptions Options { get; }
}
