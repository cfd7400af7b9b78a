using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>
/// What workflow code may use of the world. All members throw <see cref="InvalidOperationException"/> outside of a
/// workflow, but for <see cref="InWorkflow"/>.
/// </summary>
public static partial class Workflow
{
    /// <summary>Gets a value indicating whether this code runs in a workflow.</summary>
    public static bool InWorkflow => TaskScheduler.Current is IWorkflowContext;

    /// <summary>Gets what does not change about this run.</summary>
    public static WorkflowInfo Info => Context.Info;

    /// <summary>Gets the workflow object.</summary>
    public static object Instance => Context.Instance;

    /// <summary>Gets the current time, UTC: that of the current workflow task, the same on every replay.</summary>
    public static DateTime UtcNow => Context.UtcNow;

    /// <summary>Gets a source of random numbers that are the same on every replay. Do not keep it: a reset replaces it.</summary>
    public static DeterministicRandom Random => Context.Random;

    /// <summary>Gets a logger that is silent during replay.</summary>
    public static ILogger Logger => Context.Logger;

    /// <summary>Gets a meter tagged with namespace, task queue and type of the workflow. It counts nothing while the workflow is replayed.</summary>
    public static MetricMeter MetricMeter => Context.MetricMeter;

    /// <summary>Gets the token that is cancelled when the workflow is. It is the default of everything that takes a token.</summary>
    public static CancellationToken CancellationToken => Context.CancellationToken;

    /// <summary>
    /// Gets a value indicating whether no signal or update handler is running. Wait for it before the workflow ends or
    /// continues as new, so that no message is lost half way.
    /// </summary>
    public static bool AllHandlersFinished => Context.AllHandlersFinished;

    /// <summary>Gets a value indicating whether the server finds the history long enough to continue as new.</summary>
    public static bool ContinueAsNewSuggested => Context.ContinueAsNewSuggested;

    /// <summary>Gets the number of history events as of the current workflow task.</summary>
    public static int CurrentHistoryLength => Context.CurrentHistoryLength;

    /// <summary>Gets the size of history in bytes as of the current workflow task.</summary>
    public static int CurrentHistorySize => Context.CurrentHistorySize;

    /// <summary>Gets the build id of the worker that ran the current workflow task first, empty if it had none.</summary>
    public static string CurrentBuildId => Context.CurrentBuildId;

    /// <summary>
    /// Gets the deployment version of the worker that ran the current workflow task first, null if it had none. Its deployment name
    /// is empty if that worker had a build id only. It may change from task to task.
    /// </summary>
    public static WorkerDeploymentVersion? CurrentDeploymentVersion => Context.CurrentDeploymentVersion;

    /// <summary>Gets why the server suggests to continue as new; empty if it does not, or does not say why.</summary>
    public static IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons => Context.SuggestedContinueAsNewReasons;

    /// <summary>
    /// Gets a value indicating whether new workflows of the task queue go to another deployment version than this one runs on, as of
    /// the current workflow task. A pinned workflow may move there by continuing as new with
    /// <see cref="ContinueAsNewOptions.InitialVersioningBehavior"/>.
    /// </summary>
    public static bool TargetWorkerDeploymentVersionChanged => Context.TargetWorkerDeploymentVersionChanged;

    /// <summary>Gets or sets the text that describes the workflow's present state to people, shown in the Web UI. Markdown.</summary>
    public static string CurrentDetails
    {
        get => Context.CurrentDetails;
        set => Context.CurrentDetails = value;
    }

    /// <summary>Gets the update that the calling handler serves, null elsewhere.</summary>
    public static WorkflowUpdateInfo? CurrentUpdateInfo => Context.CurrentUpdateInfo;

    /// <summary>Gets the memo. Changes by <see cref="UpsertMemo"/> show in it.</summary>
    public static IReadOnlyDictionary<string, IRawValue> Memo => Context.Memo;

    /// <summary>Gets the search attributes. Changes by <see cref="UpsertTypedSearchAttributes"/> show in it.</summary>
    public static SearchAttributeCollection TypedSearchAttributes => Context.TypedSearchAttributes;

    /// <summary>Gets the payload converter.</summary>
    public static IPayloadConverter PayloadConverter => Context.PayloadConverter;

    /// <summary>Gets the signal handlers by name. One that is added receives the signals that waited for it.</summary>
    public static IDictionary<string, WorkflowSignalDefinition> Signals => Context.Signals;

    /// <summary>Gets the query handlers by name.</summary>
    public static IDictionary<string, WorkflowQueryDefinition> Queries => Context.Queries;

    /// <summary>Gets the update handlers by name.</summary>
    public static IDictionary<string, WorkflowUpdateDefinition> Updates => Context.Updates;

    /// <summary>Gets or sets the handler of signals without a handler of their own. Receives those that waited for one.</summary>
    public static WorkflowSignalDefinition? DynamicSignal
    {
        get => Context.DynamicSignal;
        set => Context.DynamicSignal = value;
    }

    /// <summary>Gets or sets the handler of queries without a handler of their own.</summary>
    public static WorkflowQueryDefinition? DynamicQuery
    {
        get => Context.DynamicQuery;
        set => Context.DynamicQuery = value;
    }

    /// <summary>Gets or sets the handler of updates without a handler of their own.</summary>
    public static WorkflowUpdateDefinition? DynamicUpdate
    {
        get => Context.DynamicUpdate;
        set => Context.DynamicUpdate = value;
    }

    /// <summary>
    /// Gets a context for code that belongs to a workflow without running on its scheduler: conditions, queries and
    /// validators, which are called from the event loop itself.
    /// </summary>
    internal static AsyncLocal<IWorkflowContext?> OverrideContext { get; } = new();

    internal static IWorkflowContext Context =>
        TaskScheduler.Current as IWorkflowContext ??
        OverrideContext.Value ??
        throw new InvalidOperationException("Not in workflow");

    /// <summary>A random version 4 UUID that is the same on every replay.</summary>
    /// <returns>The UUID.</returns>
    public static Guid NewGuid()
    {
        var bytes = new byte[16];
#pragma warning disable CA5394 // Replay needs the numbers to be foreseeable.
        Random.NextBytes(bytes);
#pragma warning restore CA5394
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes);
    }

    /// <summary>
    /// Says whether this run takes the new path of a change: true if it is new ground, or history says that it took the
    /// new path before. The answer is kept in history.
    /// </summary>
    /// <param name="patchId">Name of the change.</param>
    /// <returns>True for the new path.</returns>
    public static bool Patched(string patchId) => Context.Patch(patchId, deprecated: false);

    /// <summary>Says that the old path of a change is gone, while runs that asked about it may still be open.</summary>
    /// <param name="patchId">Name of the change.</param>
    public static void DeprecatePatch(string patchId) => Context.Patch(patchId, deprecated: true);

    /// <summary>Changes the memo.</summary>
    /// <param name="updates">Changes, at least one, no two of the same key.</param>
    /// <exception cref="ArgumentException">There is no change, a key occurs twice, or a value cannot be converted.</exception>
    public static void UpsertMemo(params MemoUpdate[] updates) => Context.UpsertMemo(updates);

    /// <summary>Changes search attributes.</summary>
    /// <param name="updates">Changes, at least one, no two of the same key.</param>
    /// <exception cref="ArgumentException">There is no change, or a key occurs twice.</exception>
    public static void UpsertTypedSearchAttributes(params SearchAttributeUpdate[] updates) =>
        Context.UpsertTypedSearchAttributes(updates);
}
