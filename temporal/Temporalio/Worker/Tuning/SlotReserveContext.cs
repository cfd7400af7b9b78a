namespace Temporalio.Worker.Tuning;

/// <summary>Who asks a slot supplier for a permit, and for what.</summary>
/// <param name="SlotType">Kind of work.</param>
/// <param name="TaskQueue">Task queue of the worker.</param>
/// <param name="WorkerIdentity">Identity of the worker.</param>
/// <param name="WorkerBuildId">Build id of the worker, empty where none is set.</param>
/// <param name="IsSticky">Whether the permit is for a poll of the sticky workflow queue.</param>
/// <remarks>More properties may be added: use <c>with</c> instead of the constructor.</remarks>
public record SlotReserveContext(
    SlotType SlotType,
    string TaskQueue,
    string WorkerIdentity,
    string WorkerBuildId,
    bool IsSticky);
