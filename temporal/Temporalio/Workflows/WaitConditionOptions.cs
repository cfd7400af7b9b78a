namespace Temporalio.Workflows;

/// <summary>
/// How a workflow waits for a condition.
/// </summary>
public class WaitConditionOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="WaitConditionOptions"/> class with a condition never met.</summary>
    public WaitConditionOptions()
        : this(static () => false)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WaitConditionOptions"/> class.</summary>
    /// <param name="conditionCheck">See <see cref="ConditionCheck"/>.</param>
    /// <param name="timeout">See <see cref="Timeout"/>.</param>
    /// <param name="timeoutSummary">See <see cref="TimeoutSummary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public WaitConditionOptions(
        Func<bool> conditionCheck,
        TimeSpan? timeout = null,
        string? timeoutSummary = null,
        CancellationToken? cancellationToken = null)
    {
        ConditionCheck = conditionCheck;
        Timeout = timeout;
        TimeoutSummary = timeoutSummary;
        CancellationToken = cancellationToken;
    }

    /// <summary>Gets or sets the condition. It is asked after every turn of the workflow's event loop and changes nothing.</summary>
    public Func<bool> ConditionCheck { get; set; }

    /// <summary>Gets or sets the longest wait. Null: for ever.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gets or sets one line about the timer of the timeout, shown in the Web UI and by the command line.</summary>
    public string? TimeoutSummary { get; set; }

    /// <summary>Gets or sets the token. Null: <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies the options.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
