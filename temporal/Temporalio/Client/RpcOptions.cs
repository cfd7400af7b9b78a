namespace Temporalio.Client;

/// <summary>Options of one call.</summary>
public class RpcOptions : ICloneable
{
    /// <summary>Gets or sets whether the call is retried. Unset means: calls of high-level methods are, raw calls are not.</summary>
    public bool? Retry { get; set; }

    /// <summary>Gets or sets text metadata for this call; it replaces connection metadata of the same name.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Metadata { get; set; }

    /// <summary>Gets or sets binary metadata for this call; names end in <c>-bin</c>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? BinaryMetadata { get; set; }

    /// <summary>Gets or sets the timeout of each attempt. Unset means 30 seconds, or 70 seconds for long polls.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gets or sets the token that cancels the call and its retries.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Makes a shallow copy; metadata collections are shared.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
