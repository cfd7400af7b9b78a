namespace Temporalio.Common;

/// <summary>
/// Order in which tasks of one task queue are handed out (temporal.api.common.v1.Priority). A field that is not set is
/// inherited from the calling workflow.
/// </summary>
public sealed record Priority
{
    /// <summary>Creates a priority.</summary>
    /// <param name="priorityKey">1 or more, smaller goes first.</param>
    /// <param name="fairnessKey">Group that shares fairly with other groups, up to 64 bytes.</param>
    /// <param name="fairnessWeight">Share of that group, 0.001 to 1000.</param>
    public Priority(int? priorityKey = null, string? fairnessKey = null, float? fairnessWeight = null)
    {
        PriorityKey = priorityKey;
        FairnessKey = fairnessKey;
        FairnessWeight = fairnessWeight;
    }

    /// <summary>Creates a priority from the wire message, in which zero and empty mean "not set".</summary>
    internal Priority(Api.Common.V1.Priority? priority)
        : this(
            priority is { PriorityKey: not 0 } ? priority.PriorityKey : null,
            priority is { FairnessKey.Length: > 0 } ? priority.FairnessKey : null,
            priority is { FairnessWeight: not 0 } ? priority.FairnessWeight : null)
    {
    }

    /// <summary>Nothing set.</summary>
    public static Priority Default { get; } = new();

    /// <summary>1 or more, smaller goes first. The server's default is 3 of 5.</summary>
    public int? PriorityKey { get; init; }

    /// <summary>Group that shares fairly with other groups, such as a tenant. Default empty.</summary>
    public string? FairnessKey { get; init; }

    /// <summary>Share of that group. Default 1.</summary>
    public float? FairnessWeight { get; init; }

    /// <summary>Converts to the wire message.</summary>
    internal Api.Common.V1.Priority ToProto() => new()
    {
        PriorityKey = PriorityKey ?? 0,
        FairnessKey = FairnessKey ?? string.Empty,
        FairnessWeight = FairnessWeight ?? 0f,
    };
}
