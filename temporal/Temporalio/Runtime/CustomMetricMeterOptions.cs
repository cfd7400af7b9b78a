namespace Temporalio.Runtime;

/// <summary>How values reach an <see cref="ICustomMetricMeter"/>.</summary>
public class CustomMetricMeterOptions : ICloneable
{
    /// <summary>Form of durations.</summary>
    public enum DurationFormat
    {
        /// <summary>Whole milliseconds as <c>long</c>.</summary>
        IntegerMilliseconds,

        /// <summary>Seconds as <c>double</c>.</summary>
        FloatSeconds,

        /// <summary>As <see cref="System.TimeSpan"/>.</summary>
        TimeSpan,
    }

    /// <summary>Gets or sets the form of durations in histograms.</summary>
    public DurationFormat HistogramDurationFormat { get; set; } = DurationFormat.IntegerMilliseconds;

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
