using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>How far an attempt has come: where a next run of the workflow goes on. In the order of the process.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ProcessPhase>))]
public enum ProcessPhase
{
    Validate,
    Approval,
    Window,
    Lock,
    Transfer,
    /// <summary>Waits for the outcome, or confirms it.</summary>
    Outcome,
    Finalize,
    RollBack,
    /// <summary>Waits in AWAITING_RETRY.</summary>
    Retry,
}
