using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>
/// How to start a standalone activity. <see cref="Id"/>, <see cref="TaskQueue"/> and one of <see cref="ScheduleToCloseTimeout"/> and
/// <see cref="StartToCloseTimeout"/> are required.
/// </summary>
public class StartActivityOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="StartActivityOptions"/> class.</summary>
    public StartActivityOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="StartActivityOptions"/> class.</summary>
    /// <param name="id">Activity id.</param>
    /// <param name="taskQueue">Task queue.</param>
    public StartActivityOptions(string id, string taskQueue) => (Id, TaskQueue) = (id, taskQueue);

    /// <summary>Activity id, unique in the namespace while the activity runs.</summary>
    public string? Id { get; set; }

    /// <summary>Task queue.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Limit on the whole, retries included.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>Limit on the wait for a worker; what runs into it is not retried.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>Limit on one attempt.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>Limit on the time between heartbeats.</summary>
    public TimeSpan? HeartbeatTimeout { get; set; }

    /// <summary>What an id means that a closed activity has.</summary>
    public ActivityIdReusePolicy IdReusePolicy { get; set; } = ActivityIdReusePolicy.AllowDuplicate;

    /// <summary>What an id means that a running activity has; unspecified lets the server refuse it.</summary>
    public ActivityIdConflictPolicy IdConflictPolicy { get; set; } = ActivityIdConflictPolicy.Unspecified;

    /// <summary>How failed attempts are repeated; unset leaves it to the server.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Search attributes.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>One line for people, shown in the Web UI. Markdown.</summary>
    public string? Summary { get; set; }

    /// <summary>Text for people, shown in the Web UI. Markdown.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>Order among the tasks of its queue.</summary>
    public Priority? Priority { get; set; }

    /// <summary>How long to wait before the first attempt.</summary>
    public TimeSpan? StartDelay { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (StartActivityOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
