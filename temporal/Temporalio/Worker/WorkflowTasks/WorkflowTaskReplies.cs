using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Writes the answers to workflow tasks.
/// </summary>
/// <param name="environment">Worker.</param>
/// <param name="stickyQueue">Queue of this worker alone, null if it keeps no runs.</param>
internal sealed class WorkflowTaskReplies(WorkerEnvironment environment, string? stickyQueue)
{
    // No more than this many activities are asked for with one task, so that workers share them; as in the official core.
    internal const int MaximumEagerActivities = 3;

    /// <summary>The completion of a task.</summary>
    /// <param name="task">Task.</param>
    /// <param name="run">Run, caught up.</param>
    /// <param name="answers">Answers to queries by id.</param>
    /// <param name="prolong">Whether local activities are left, so that the run needs another task at once.</param>
    /// <returns>Request, encoded.</returns>
    internal async Task<RespondWorkflowTaskCompletedRequest> CompletedAsync(
        PollWorkflowTaskQueueResponse task,
        WorkflowRun run,
        IReadOnlyDictionary<string, WorkflowQueryResult> answers,
        bool prolong)
    {
        var request = NewCompletion(task);
        request.ForceCreateNewWorkflowTask = prolong;
        request.SdkMetadata = run.Machines.TakeMetadata(SdkIdentity.Name, SdkIdentity.Version);
        request.Commands.Add(run.Machines.OutgoingCommands());
        request.Messages.Add(run.Machines.TakeMessages());
        foreach (var (id, answer) in answers)
        {
            request.QueryResults[id] = answer;
        }
        if (environment.Deployment != null && run.VersioningBehavior is { } behavior)
        {
            request.VersioningBehavior = (VersioningBehavior)behavior;
        }
        if (stickyQueue != null && !run.Machines.IsFinished)
        {
            request.StickyAttributes = new()
            {
                WorkerTaskQueue = new()
                {
                    Name = stickyQueue,
                    Kind = TaskQueueKind.Sticky,
                    NormalName = environment.TaskQueue,
                },
                ScheduleToStartTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(
                    environment.Options.StickyQueueScheduleToStartTimeout),
            };
        }
        await EncodeAsync(request, run).ConfigureAwait(false);
        return request;
    }

    /// <summary>A completion that fails the workflow, whatever it was doing.</summary>
    /// <param name="task">Task.</param>
    /// <param name="failure">Why, encoded.</param>
    /// <returns>Request.</returns>
    internal RespondWorkflowTaskCompletedRequest WorkflowFailed(PollWorkflowTaskQueueResponse task, Failure failure)
    {
        var request = NewCompletion(task);
        request.Commands.Add(new Command
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new() { Failure = failure },
        });
        return request;
    }

    /// <summary>The failure of a task.</summary>
    /// <param name="task">Task.</param>
    /// <param name="cause">Kind of failure.</param>
    /// <param name="failure">Why, encoded.</param>
    /// <returns>Request.</returns>
    internal RespondWorkflowTaskFailedRequest TaskFailed(
        PollWorkflowTaskQueueResponse task, WorkflowTaskFailedCause cause, Failure failure) => new()
        {
            Namespace = environment.Namespace,
            Identity = environment.Identity,
            TaskToken = task.TaskToken,
            Cause = cause,
            Failure = failure,
            DeploymentOptions = environment.Deployment,
        };

    /// <summary>The answer to a query that came as a task.</summary>
    /// <param name="task">Task.</param>
    /// <param name="answer">Answer, encoded.</param>
    /// <returns>Request.</returns>
    internal RespondQueryTaskCompletedRequest QueryAnswered(PollWorkflowTaskQueueResponse task, WorkflowQueryResult answer) => new()
    {
        Namespace = environment.Namespace,
        TaskToken = task.TaskToken,
        CompletedType = answer.ResultType,
        QueryResult = answer.Answer,
        ErrorMessage = answer.ErrorMessage,
        Failure = answer.Failure,
        PollerGroupId = task.PollerGroupId,
    };

    /// <summary>Reserves slots for the activities of a completion and takes the wish from the others.</summary>
    /// <param name="request">Completion.</param>
    /// <param name="eager">What runs activities here, null if nothing does.</param>
    /// <param name="most">Slots to reserve at most.</param>
    /// <returns>Number of slots reserved.</returns>
    internal static int ReserveEager(RespondWorkflowTaskCompletedRequest request, IEagerActivityDispatcher? eager, int most = MaximumEagerActivities)
    {
        var wishes = request.Commands
            .Select(c => c.ScheduleActivityTaskCommandAttributes)
            .Where(a => a?.RequestEagerExecution == true)
            .ToArray();
        var reserved = wishes.Length == 0 || eager == null ? 0 : eager.Reserve(Math.Min(wishes.Length, most));
        foreach (var wish in wishes.Skip(reserved))
        {
            wish!.RequestEagerExecution = false;
        }
        return reserved;
    }

    private static async Task EncodeAsync(RespondWorkflowTaskCompletedRequest request, WorkflowRun run)
    {
        if (run.Codec is not { } visitor)
        {
            return;
        }
        foreach (var command in request.Commands)
        {
            await visitor.EncodeAsync(command).ConfigureAwait(false);
        }
        await visitor.EncodeAsync(request.Messages).ConfigureAwait(false);
        foreach (var answer in request.QueryResults.Values)
        {
            await visitor.EncodeAsync(answer).ConfigureAwait(false);
        }
    }

    private RespondWorkflowTaskCompletedRequest NewCompletion(PollWorkflowTaskQueueResponse task)
    {
        var request = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = environment.Namespace,
            Identity = environment.Identity,
            TaskToken = task.TaskToken,
            ReturnNewWorkflowTask = true,
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
            DeploymentOptions = environment.Deployment,
        };
        if (environment.Deployment == null && environment.BuildId.Length > 0)
        {
#pragma warning disable CS0612, CS0618 // The obsolete way of versioning needs its obsolete stamp.
            request.WorkerVersionStamp = new WorkerVersionStamp
            {
                BuildId = environment.BuildId,
                UseVersioning = environment.Options.UseWorkerVersioning,
            };
#pragma warning restore CS0612, CS0618
        }
        return request;
    }
}
