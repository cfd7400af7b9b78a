using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Why the commands of a workflow task cannot be taken: the task fails.</summary>
/// <param name="Cause">As the failed event says it.</param>
/// <param name="Reason">What is wrong, or null where the cause says all.</param>
/// <param name="Terminates">Whether a retry would be useless (too large), so that the run is terminated as well.</param>
internal sealed record CommandFailure(WorkflowTaskFailedCause Cause, string? Reason, bool Terminates = false)
{
    /// <summary>As the worker is told, in the real server's form.</summary>
    public string Message => Reason is null ? Cause.ToString() : $"{Cause}: {Reason}";
}
