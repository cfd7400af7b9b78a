namespace Temporalio.Workflows;

/// <summary>
/// How a workflow waits for time to pass.
/// </summary>
public class DelayOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="DelayOptions"/> class with a delay of zero.</summary>
    public DelayOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DelayOptions"/> class.</summary>
    /// <param name="delay">See <see cref="Delay"/>.</param>
    /// <param name="summary">See <see cref="Summary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public DelayOptions(TimeSpan delay, string? summary = null, CancellationToken? cancellationToken = null)
    {
        Delay = delay;
        Summary = summary;
        CancellationToken = cancellationToken;
    }

    /// <summary>Initializes a new instance of the <see cref="DelayOptions"/> class.</summary>
    /// <param name="millisecondsDelay">See <see cref="Delay"/>, in milliseconds.</param>
    /// <param name="summary">See <see cref="Summary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public DelayOptions(int millisecondsDelay, string? summary = null, CancellationToken? cancellationToken = null)
        : this(TimeSpan.FromMilliseconds(millisecondsDelay), summary, cancellationToken)
    {
    }

    /// <summary>
    /// Gets or sets the delay: not negative, except <see cref="Timeout.InfiniteTimeSpan"/>, which sets no timer. Zero
    /// counts as 1 ms.
    /// </summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets or sets one line about the timer, shown in the Web UI and by the command line.</summary>
    public string? Summary { get; set; }

    /// <summary>Gets or sets the token. Null: <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies the options.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
