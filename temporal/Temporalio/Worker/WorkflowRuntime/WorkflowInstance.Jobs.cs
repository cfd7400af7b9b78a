using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>
/// What history tells the run.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly HashSet<string> patchesNotified = [];
    private readonly Dictionary<uint, TaskCompletionSource> timers = [];
    private readonly Dictionary<uint, TaskCompletionSource<ActivityResolution>> activities = [];
    private readonly Dictionary<uint, TaskCompletionSource<ActivationJob.ResolveChildStart>> childStarts = [];
    private readonly Dictionary<uint, TaskCompletionSource<ActivityResolution>> childEnds = [];
    private readonly Dictionary<uint, TaskCompletionSource<Api.Failure.V1.Failure?>> externalSignals = [];
    private readonly Dictionary<uint, TaskCompletionSource<Api.Failure.V1.Failure?>> externalCancels = [];

    private static TSource Pending<TSource>(Dictionary<uint, TSource> pending, uint sequence, string what) =>
        pending.TryGetValue(sequence, out var source)
            ? source
            : throw new InvalidOperationException($"No {what} with sequence {sequence} is pending");

    private void Apply(ActivationJob job)
    {
        switch (job)
        {
            case ActivationJob.Initialize:
                // The main method starts after all jobs.
                break;
            case ActivationJob.NotifyHasPatch patch:
                patchesNotified.Add(patch.PatchId);
                break;
            case ActivationJob.UpdateRandomSeed seed:
                Random = new(seed.Seed);
                break;
            case ActivationJob.Signal signal:
                ApplySignal(signal.Attributes);
                break;
            case ActivationJob.Update update:
                ApplyUpdate(update);
                break;
            case ActivationJob.Cancel:
                InContext(() =>
                {
                    cancellation.Cancel();
                    return true;
                });
                break;
            default:
                Resolve(job);
                break;
        }
    }

    private void Resolve(ActivationJob job)
    {
        switch (job)
        {
            case ActivationJob.FireTimer timer:
                // A timer that was cancelled in the same task is gone already.
                if (timers.Remove(timer.Sequence, out var fired))
                {
                    fired.TrySetResult();
                }
                break;
            case ActivationJob.ResolveActivity activity:
                Pending(activities, activity.Sequence, "activity").TrySetResult(activity.Resolution);
                break;
            case ActivationJob.ResolveChildStart start:
                Pending(childStarts, start.Sequence, "child workflow start").TrySetResult(start);
                break;
            case ActivationJob.ResolveChild child:
                ChildEnd(child.Sequence).TrySetResult(child.Resolution);
                break;
            case ActivationJob.ResolveNexusStart start:
                Pending(nexusStarts, start.Sequence, "start of a Nexus operation").TrySetResult(start);
                break;
            case ActivationJob.ResolveNexus operation:
                NexusEnd(operation.Sequence).TrySetResult(operation.Resolution);
                break;
            case ActivationJob.ResolveSignalExternal signal:
                Pending(externalSignals, signal.Sequence, "signal to another workflow").TrySetResult(signal.Failure);
                break;
            case ActivationJob.ResolveCancelExternal cancel:
                Pending(externalCancels, cancel.Sequence, "cancellation of another workflow").TrySetResult(cancel.Failure);
                break;
            default:
                throw new InvalidOperationException($"Unknown job {job.GetType().Name}");
        }
    }

    // A child can start and end within one activation, before the code that waits for its start has run.
    private TaskCompletionSource<ActivityResolution> ChildEnd(uint sequence)
    {
        if (!childEnds.TryGetValue(sequence, out var source))
        {
            source = new();
            childEnds[sequence] = source;
        }
        return source;
    }
}
