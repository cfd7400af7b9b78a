using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>How an attempt ended.</summary>
internal abstract record ActivityOutcome
{
    private ActivityOutcome()
    {
    }

    /// <summary>It returned.</summary>
    /// <param name="Result">Encoded result.</param>
    internal sealed record Completed(Payload Result) : ActivityOutcome;

    /// <summary>It failed.</summary>
    /// <param name="Failure">Encoded failure.</param>
    internal sealed record Failed(Failure Failure) : ActivityOutcome;

    /// <summary>It obeyed a cancellation.</summary>
    /// <param name="Failure">Encoded failure with cancellation info.</param>
    internal sealed record Cancelled(Failure Failure) : ActivityOutcome;

    /// <summary>Somebody else will complete it.</summary>
    internal sealed record CompletedElsewhere : ActivityOutcome;
}
