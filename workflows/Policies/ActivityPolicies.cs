using Settlement.Workflows.Contracts;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Settlement.Workflows.Policies;

/// <summary>
/// Every timeout and retry of every activity. All run on a token that workflow cancellation does not touch: a cancelled
/// settlement still finishes its step or its compensation. Attempts are bounded by number, not by time, so that a worker
/// that was away for hours does not use them up; what to do after the last one is the workflow's decision, in the open.
/// </summary>
internal static class ActivityPolicies
{
    /// <summary>A step is one short transaction: lost workers are noticed after this long.</summary>
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A transaction in our own database: idempotent by step key. About 45 s of trying.</summary>
    public static ActivityOptions Step(string summary) => Of(summary, StepTimeout, new RetryPolicy
    {
        InitialInterval = TimeSpan.FromMilliseconds(200),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(10),
        MaximumAttempts = 10,
    });

    /// <summary>
    /// The call that moves money. A repeat asks the bank about the same UETR before it sends anything. Heartbeats tell
    /// within seconds that a worker died between send and answer.
    /// </summary>
    public static ActivityOptions Transfer(string summary, SettlementTimings timings)
    {
        var options = Of(summary, Seconds((timings.BankCallTimeoutSeconds * 4) + 15), new RetryPolicy
        {
            InitialInterval = TimeSpan.FromMilliseconds(500),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromSeconds(10),
            MaximumAttempts = 5,
        });
        options.HeartbeatTimeout = TimeSpan.FromSeconds(5);
        return options;
    }

    /// <summary>One question to the bank; the workflow itself asks again, with backoff.</summary>
    public static ActivityOptions Enquiry(string summary, SettlementTimings timings) =>
        Of(summary, Seconds(timings.BankCallTimeoutSeconds + 5), Once());

    /// <summary>One recall; the workflow itself repeats it, with backoff and for ever, where operators see it.</summary>
    public static ActivityOptions Recall(string summary, SettlementTimings timings) =>
        Of(summary, Seconds(timings.BankCallTimeoutSeconds + 10), Once());

    /// <summary>What must not hold up the settlement for long when it fails: attention, escalation.</summary>
    public static ActivityOptions BestEffort(string summary) => Of(summary, StepTimeout, Attempts(3));

    /// <summary>An operator waits for the answer.</summary>
    public static ActivityOptions Operator(string summary) => Of(summary, StepTimeout, Attempts(4));

    /// <summary>
    /// An action outside of a settlement: once per request id, so that it may be tried until the database is back; whoever waits for the answer gives
    /// up earlier and finds it later under the same id.
    /// </summary>
    public static ActivityOptions Action(string summary) => Of(summary, StepTimeout, Attempts(20));

    /// <summary>One page of signals: harmless when repeated, and repeated until it gets through.</summary>
    public static ActivityOptions Notify(string summary)
    {
        var options = Of(summary, TimeSpan.FromMinutes(5), new RetryPolicy
        {
            InitialInterval = TimeSpan.FromMilliseconds(500),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromMinutes(1),
        });
        options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
        return options;
    }

    /// <summary>
    /// A bank's message that must not be dropped. It writes to our own books only, once by message id, so that repeating
    /// it without end moves nothing twice.
    /// </summary>
    public static ActivityOptions Absorb(string summary) => Of(summary, StepTimeout, new RetryPolicy
    {
        InitialInterval = TimeSpan.FromMilliseconds(500),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromMinutes(1),
    });

    /// <summary>One run of a scheduled job. It works in small transactions and says after each that it lives.</summary>
    public static ActivityOptions Job(string summary)
    {
        var options = Of(summary, TimeSpan.FromMinutes(30), new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            BackoffCoefficient = 2,
            MaximumInterval = TimeSpan.FromMinutes(1),
            MaximumAttempts = 6,
        });
        options.HeartbeatTimeout = TimeSpan.FromSeconds(60);
        return options;
    }

    private static RetryPolicy Once() => Attempts(1);

    private static RetryPolicy Attempts(int attempts) => new()
    {
        InitialInterval = TimeSpan.FromMilliseconds(300),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(2),
        MaximumAttempts = attempts,
    };

    private static ActivityOptions Of(string summary, TimeSpan startToClose, RetryPolicy retry) => new()
    {
        Summary = summary,
        StartToCloseTimeout = startToClose,
        RetryPolicy = retry,
        CancellationToken = CancellationToken.None,
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>Exponential backoff without chance: histories must replay.</summary>
internal static class Backoff
{
    private const int MaxDoublings = 30;

    /// <summary><paramref name="firstSeconds"/> × 2^<paramref name="failures"/>, at most <paramref name="maxSeconds"/>, at least 10 ms.</summary>
    public static TimeSpan Of(double firstSeconds, double maxSeconds, int failures)
    {
        var seconds = firstSeconds * Math.Pow(2, Math.Min(failures, MaxDoublings));
        return TimeSpan.FromSeconds(Math.Max(0.01, Math.Min(seconds, maxSeconds)));
    }
}
