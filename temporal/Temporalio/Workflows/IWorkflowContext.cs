using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>
/// What stands behind <see cref="Workflow"/>: implemented by the task scheduler of a workflow run, so that
/// <see cref="TaskScheduler.Current"/> says which run the calling code belongs to.
/// </summary>
internal interface IWorkflowContext
{
    WorkflowInfo Info { get; }

    object Instance { get; }

    DateTime UtcNow { get; }

    DeterministicRandom Random { get; }

    ILogger Logger { get; }

    CancellationToken CancellationToken { get; }

    bool AllHandlersFinished { get; }

    bool ContinueAsNewSuggested { get; }

    int CurrentHistoryLength { get; }

    int CurrentHistorySize { get; }

    string CurrentBuildId { get; }

    /// <summary>Gets <see cref="Workflow.CurrentDeploymentVersion" />.</summary>
    WorkerDeploymentVersion? CurrentDeploymentVersion { get; }

    /// <summary>Gets <see cref="Workflow.SuggestedContinueAsNewReasons" />.</summary>
    IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons { get; }

    /// <summary>Gets a value indicating whether <see cref="Workflow.TargetWorkerDeploymentVersionChanged" /> is true.</summary>
    bool TargetWorkerDeploymentVersionChanged { get; }

    string CurrentDetails { get; set; }

    WorkflowUpdateInfo? CurrentUpdateInfo { get; }

    IReadOnlyDictionary<string, IRawValue> Memo { get; }

    SearchAttributeCollection TypedSearchAttributes { get; }

    IPayloadConverter PayloadConverter { get; }

    IDictionary<string, WorkflowSignalDefinition> Signals { get; }

    IDictionary<string, WorkflowQueryDefinition> Queries { get; }

    IDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    WorkflowSignalDefinition? DynamicSignal { get; set; }

    WorkflowQueryDefinition? DynamicQuery { get; set; }

    WorkflowUpdateDefinition? DynamicUpdate { get; set; }

    MetricMeter MetricMeter { get; }

    bool IsReplaying { get; }

    bool IsReplayingHistoryEvents { get; }

    ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options);

    Task DelayWithOptionsAsync(DelayOptions options);

    Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options);

    Task<TResult> ExecuteLocalActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, LocalActivityOptions options);

    ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId);

    bool Patch(string patchId, bool deprecated);

    Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options);

    Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(Worker.Interceptors.StartNexusOperationInput input);

    void UpsertMemo(IReadOnlyCollection<MemoUpdate> updates);

    void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> updates);

    Task<bool> WaitConditionWithOptionsAsync(WaitConditionOptions options);

    T WithTracingEventListenerDisabled<T>(Func<T> fn);
}
