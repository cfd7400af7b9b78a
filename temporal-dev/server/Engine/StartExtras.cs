using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>What may come with a start.</summary>
internal sealed record StartExtras
{
    public static readonly StartExtras None = new();

    /// <summary>The parent of a child workflow.</summary>
    public ParentFacts? Parent { get; init; }

    /// <summary>Signal-with-start: for the open run, or recorded right after the start.</summary>
    public SignalFacts? Signal { get; init; }

    /// <summary>The run id to begin with, for whoever must write it down in the same transaction; null for a fresh one.</summary>
    public string? RunId { get; init; }

    /// <summary>Written in the same transaction as the new run: a schedule, for example. Not written if an existing run is used.</summary>
    public IReadOnlyList<DocumentWrite> Documents { get; init; } = [];
}
