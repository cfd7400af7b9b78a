namespace Temporalio.Worker.WorkflowHistory;

/// <content>
/// Updates and local activities.
/// </content>
internal sealed partial class WorkflowMachines
{
    private readonly Dictionary<string, UpdateMachine> updates = [];
    private readonly Dictionary<uint, LocalActivityMachine> localActivities = [];
    private readonly List<Markers.LocalActivityMarker> markersAhead = [];

    /// <summary>Takes the end of a local activity from the worker that ran it.</summary>
    /// <param name="sequence">Number of the activity.</param>
    /// <param name="outcome">How it ended.</param>
    internal void ResolveLocalActivity(uint sequence, WorkflowTasks.LocalActivityOutcome outcome)
    {
        LocalActivities.Forget(sequence);
        localActivities[sequence].Resolve(outcome);
    }

    private void HandleUpdates(long upToEventId)
    {
        for (var i = 0; i < incomingUpdates.Count;)
        {
            var update = incomingUpdates[i];
            if (update.SequencingEventId > upToEventId)
            {
                i++;
                continue;
            }
            incomingUpdates.RemoveAt(i);
            HandleUpdate(update);
        }
    }

    private void HandleUpdate(IncomingUpdate update)
    {
        updates[update.ProtocolInstanceId] = new(this, update);
        AddJob(new ActivationJob.Update(update.ProtocolInstanceId, update.Request, RunValidator: !IsReplaying));
    }

    private UpdateMachine UpdateBy(string protocolInstanceId) => updates.TryGetValue(protocolInstanceId, out var machine)
        ? machine
        : throw new InvalidOperationException($"No update with protocol instance {protocolInstanceId}");

    private LocalActivityMachine LocalActivityOf(uint sequence, Api.History.V1.HistoryEvent e) =>
        localActivities.TryGetValue(sequence, out var machine)
            ? machine
            : throw new Exceptions.WorkflowNondeterminismException(
                $"[TMPRL1100] Nondeterminism error: history holds {e.Describe()}, which the workflow does not ask for");

    private void LookAheadLocalActivity(Markers.LocalActivityMarker marker)
    {
        if (!localActivities.TryGetValue(marker.Data.Seq, out var machine) || machine.AcceptsMarker)
        {
            markersAhead.Add(marker);
            ResolveFromMarkersAhead();
        }
    }

    // In the order of the markers, which is the order in which the activities ended; one that the workflow has not asked
    // for yet holds up those behind it.
    private void ResolveFromMarkersAhead()
    {
        while (markersAhead.Count > 0 && localActivities.TryGetValue(markersAhead[0].Data.Seq, out var machine))
        {
            var marker = markersAhead[0];
            markersAhead.RemoveAt(0);
            machine.ResolveFromMarker(marker);
        }
    }
}
