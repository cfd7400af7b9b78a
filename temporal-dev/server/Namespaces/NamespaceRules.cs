using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace Temporalio.DevServer.Namespaces;

/// <summary>What a namespace may be called and hold.</summary>
internal static class NamespaceRules
{
    private const int MaxNameLength = 1_000;
    private const int MaxTextLength = 4_096;
    private const int MaxDataBytes = 64 * 1024;
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static void CheckName(string name)
    {
        if (name.Length == 0)
            throw NamespaceErrors.NotSet();
        if (name.Length > MaxNameLength)
            throw RpcRefusal.InvalidArgument("Namespace length exceeds limit.");
        CheckStorable(name);
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: none, under an hour, or over a hundred years.</exception>
    public static TimeSpan Retention(Duration? duration)
    {
        // Duration.ToTimeSpan cannot say the largest durations; nobody means them.
        if (duration is null || duration.Seconds < ShortestRetention.TotalSeconds || duration.Seconds > LongestRetention.TotalSeconds || duration.Nanos is < 0 or > 999_999_999)
            throw RpcRefusal.InvalidArgument("A valid retention period is not set on request.");
        return duration.ToTimeSpan();
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: too long, or not to be stored.</exception>
    public static void CheckTexts(string description, string ownerEmail, MapField<string, string> data)
    {
        if (description.Length > MaxTextLength || ownerEmail.Length > MaxTextLength)
            throw RpcRefusal.InvalidArgument("Description or owner email exceeds length limit.");
        if (data.Sum(d => d.Key.Length + d.Value.Length) > MaxDataBytes)
            throw RpcRefusal.InvalidArgument("Namespace data exceeds size limit.");
        CheckStorable(description);
        CheckStorable(ownerEmail);
    }

    private static void CheckStorable(string text)
    {
        if (!StorableText.IsStorable(text))
            throw RpcRefusal.InvalidArgument("A text holds the zero character or is not valid Unicode.");
    }
}

/// <summary>The refusals that concern namespaces, worded as the real server words them.</summary>
internal static class NamespaceErrors
{
    public static RpcException NotFound(string name) =>
        new RpcRefusal(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public static RpcException AlreadyExists(string name) =>
        new RpcRefusal(StatusCode.AlreadyExists, $"Namespace \"{name}\" already exists", new NamespaceAlreadyExistsFailure());

    public static RpcException Empty() => RpcRefusal.InvalidArgument("Namespace is empty.");

    public static RpcException NotSet() => RpcRefusal.InvalidArgument("Namespace not set on request.");

    public static RpcException InvalidState(NamespaceEntry entry, params NamespaceState[] allowed) => new RpcRefusal(
        StatusCode.FailedPrecondition,
        $"Namespace has invalid state: {entry.State}. Must be {string.Join(" or ", allowed)}.",
        new NamespaceInvalidStateFailure { Namespace = entry.Name, State = entry.State, AllowedStates = { allowed } });
}
