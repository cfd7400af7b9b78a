using Google.Protobuf.WellKnownTypes;

namespace Temporalio.Common;

/// <summary>When and how often a workflow or activity is tried again (temporal.api.common.v1.RetryPolicy).</summary>
public record RetryPolicy
{
    /// <summary>Delay before the second attempt. Default 1 s.</summary>
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Factor from one delay to the next, 1 or more. Default 2.</summary>
    public float BackoffCoefficient { get; set; } = 2.0F;

    /// <summary>Longest delay. If not set, the server takes 100 times the first one.</summary>
    public TimeSpan? MaximumInterval { get; set; }

    /// <summary>How many attempts there may be, the first included; 0, the default, means no limit.</summary>
    public int MaximumAttempts { get; set; }

    /// <summary>Error types of application failures that are not tried again.</summary>
    public IReadOnlyCollection<string>? NonRetryableErrorTypes { get; set; }

    /// <summary>Converts to the wire message.</summary>
    internal Api.Common.V1.RetryPolicy ToProto()
    {
        var proto = new Api.Common.V1.RetryPolicy
        {
            InitialInterval = Duration.FromTimeSpan(InitialInterval),
            BackoffCoefficient = BackoffCoefficient,
            MaximumInterval = MaximumInterval is { } maximum ? Duration.FromTimeSpan(maximum) : null,
            MaximumAttempts = MaximumAttempts,
        };
        if (NonRetryableErrorTypes is { } types)
        {
            proto.NonRetryableErrorTypes.AddRange(types);
        }
        return proto;
    }

    /// <summary>Converts from the wire message, in which an absent first interval means the default.</summary>
    internal static RetryPolicy FromProto(Api.Common.V1.RetryPolicy proto) => new()
    {
        InitialInterval = proto.InitialInterval?.ToTimeSpan() ?? TimeSpan.FromSeconds(1),
        BackoffCoefficient = (float)proto.BackoffCoefficient,
        MaximumInterval = proto.MaximumInterval?.ToTimeSpan(),
        MaximumAttempts = proto.MaximumAttempts,
        NonRetryableErrorTypes = proto.NonRetryableErrorTypes.Count == 0 ? null : proto.NonRetryableErrorTypes,
    };
}
