using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The marker of a patch.
/// </summary>
/// <param name="patchId">Patch.</param>
internal sealed class PatchMachine(string patchId) : CommandMachine
{
    /// <summary>Gets the patch.</summary>
    internal string PatchId => patchId;

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        if (Markers.ReadPatch(e) is not { } patch || patch.Id != patchId)
        {
            throw Mismatch(e, $"the marker of patch {patchId}");
        }
    }
}
