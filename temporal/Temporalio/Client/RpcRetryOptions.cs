namespace Temporalio.Client;

/// <summary>How a connection repeats failed calls: exponential back-off with jitter.</summary>
public class RpcRetryOptions : ICloneable
{
    /// <summary>Gets or sets the wait before the first retry.</summary>
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets the share of each wait that is random, up or down (0 to 1).</summary>
    public float RandomizationFactor { get; set; } = 0.2F;

    /// <summary>Gets or sets the factor from one wait to the next.</summary>
    public float Multiplier { get; set; } = 1.5F;

    /// <summary>Gets or sets the longest wait.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long after the first attempt a retry may still begin; null for no limit.</summary>
    public TimeSpan? MaxElapsedTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many attempts are made at most; 0 for no limit.</summary>
    public int MaxRetries { get; set; } = 10;

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
