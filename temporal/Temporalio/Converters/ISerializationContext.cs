using Temporalio.Activities;

namespace Temporalio.Converters;

/// <summary>For which workflow or activity a value is converted.</summary>
public interface ISerializationContext
{
    /// <summary>A context that knows a workflow.</summary>
    interface IHasWorkflow : ISerializationContext
    {
        /// <summary>Namespace of the workflow.</summary>
        string Namespace { get; }

        /// <summary>Id of the workflow. With schedules it may be the configured id, before a time is appended.</summary>
        string WorkflowId { get; }
    }

    /// <summary>Context of a workflow's values. Parameters may be added in later versions.</summary>
    /// <param name="Namespace">Namespace of the workflow.</param>
    /// <param name="WorkflowId">Id of the workflow.</param>
    sealed record Workflow(string Namespace, string WorkflowId) : IHasWorkflow;

    /// <summary>Context of an activity's values. Parameters may be added in later versions.</summary>
    /// <param name="Namespace">Namespace of the workflow.</param>
    /// <param name="WorkflowId">Id of the workflow that called the activity.</param>
    /// <param name="WorkflowType">Type of that workflow.</param>
    /// <param name="ActivityType">Type of the activity.</param>
    /// <param name="ActivityTaskQueue">Task queue of the activity.</param>
    /// <param name="IsLocal">Whether it is a local activity.</param>
    sealed record Activity(
        string Namespace,
        string WorkflowId,
        string WorkflowType,
        string ActivityType,
        string ActivityTaskQueue,
        bool IsLocal) : IHasWorkflow
    {
        /// <summary>Creates the context of the activity that an info is about.</summary>
        /// <param name="info">Info of a running activity.</param>
        public Activity(ActivityInfo info)
            : this(
                info.Namespace,
                info.WorkflowId ?? string.Empty,
                info.WorkflowType ?? string.Empty,
                info.ActivityType,
                info.TaskQueue,
                info.IsLocal)
        {
        }
    }
}
