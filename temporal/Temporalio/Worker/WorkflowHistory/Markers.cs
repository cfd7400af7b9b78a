using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The markers that workers leave in history, in the form that the official SDKs write and read.
/// </summary>
internal static class Markers
{
    /// <summary>Marker of a patch.</summary>
    internal const string PatchName = "core_patch";

    /// <summary>Marker of the end of a local activity.</summary>
    internal const string LocalActivityName = "core_local_activity";

    private const string PatchKey = "patch-data";
    private const string DataKey = "data";
    private const string ResultKey = "result";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>The details of a patch marker.</summary>
    /// <param name="patchId">Patch.</param>
    /// <param name="deprecated">Whether the old path is gone.</param>
    /// <returns>Details by key.</returns>
    internal static IDictionary<string, Payloads> PatchDetails(string patchId, bool deprecated) =>
        new Dictionary<string, Payloads> { [PatchKey] = ToJson(new PatchData(patchId, deprecated)) };

    /// <summary>Reads a patch marker.</summary>
    /// <param name="e">Event.</param>
    /// <returns>Patch and whether its old path is gone, null if the event is no patch marker.</returns>
    internal static (string Id, bool Deprecated)? ReadPatch(HistoryEvent e)
    {
        if (e.EventType != EventType.MarkerRecorded || e.MarkerRecordedEventAttributes.MarkerName != PatchName ||
            FromJson<PatchData>(e.MarkerRecordedEventAttributes, PatchKey) is not { } data)
        {
            return null;
        }
        return (data.Id, data.Deprecated);
    }

    /// <summary>Whether an event is a local activity marker.</summary>
    /// <param name="e">Event.</param>
    /// <returns>True if so.</returns>
    internal static bool IsLocalActivity(HistoryEvent e) =>
        e.EventType == EventType.MarkerRecorded && e.MarkerRecordedEventAttributes.MarkerName == LocalActivityName;

    /// <summary>The details of a local activity marker.</summary>
    /// <param name="data">What identifies the activity.</param>
    /// <param name="result">Result, if it has one.</param>
    /// <returns>Details by key.</returns>
    internal static IDictionary<string, Payloads> LocalActivityDetails(LocalActivityData data, Payload? result)
    {
        var details = new Dictionary<string, Payloads> { [DataKey] = ToJson(data) };
        if (result != null)
        {
            details[ResultKey] = new() { Payloads_ = { result } };
        }
        return details;
    }

    /// <summary>Reads a local activity marker.</summary>
    /// <param name="e">Event.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="InvalidOperationException">The marker cannot be read.</exception>
    internal static LocalActivityMarker ReadLocalActivity(HistoryEvent e)
    {
        var attributes = e.MarkerRecordedEventAttributes;
        var data = FromJson<LocalActivityData>(attributes, DataKey) ??
            throw new InvalidOperationException($"Local activity marker is unreadable: {e.Describe()}");
        var result = attributes.Details.TryGetValue(ResultKey, out var payloads) ? payloads.Payloads_.FirstOrDefault() : null;
        return new(data, result, attributes.Failure);
    }

    private static Payloads ToJson<T>(T value) => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value, Json)),
            },
        },
    };

    private static T? FromJson<T>(MarkerRecordedEventAttributes attributes, string key)
        where T : class
    {
        if (!attributes.Details.TryGetValue(key, out var payloads) || payloads.Payloads_.Count == 0)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<T>(payloads.Payloads_[0].Data.Span, Json);
        }
        catch (JsonException)
        {
            // Unreadable counts as absent; the caller says which event it is.
            return null;
        }
    }

    /// <summary>
    /// What identifies a local activity in its marker.
    /// </summary>
    /// <param name="Seq">Number by which the workflow knows the activity.</param>
    /// <param name="Attempt">Last attempt.</param>
    /// <param name="ActivityId">Activity id.</param>
    /// <param name="ActivityType">Activity type name.</param>
    /// <param name="CompleteTime">Workflow time at the end: task start plus run time.</param>
    /// <param name="Backoff">Wait before the next attempt, if the workflow waits for it.</param>
    /// <param name="OriginalScheduleTime">When the activity was first asked for.</param>
    internal sealed record LocalActivityData(
        uint Seq,
        int Attempt,
        string ActivityId,
        string ActivityType,
        SecondsAndNanos? CompleteTime,
        SecondsAndNanos? Backoff,
        SecondsAndNanos? OriginalScheduleTime);

    /// <summary>
    /// A local activity marker.
    /// </summary>
    /// <param name="Data">What identifies the activity.</param>
    /// <param name="Result">Result, if it succeeded.</param>
    /// <param name="Failure">Failure, if it did not.</param>
    internal sealed record LocalActivityMarker(LocalActivityData Data, Payload? Result, Failure? Failure);

    /// <summary>
    /// A point in time or a duration.
    /// </summary>
    /// <param name="Seconds">Whole seconds.</param>
    /// <param name="Nanos">Nanoseconds beyond them.</param>
    internal sealed record SecondsAndNanos(long Seconds, int Nanos)
    {
        internal static SecondsAndNanos? From(Timestamp? time) => time == null ? null : new(time.Seconds, time.Nanos);

        internal static SecondsAndNanos? From(TimeSpan? duration) =>
            duration is { } d && Duration.FromTimeSpan(d) is { } proto ? new(proto.Seconds, proto.Nanos) : null;

        internal Timestamp ToTimestamp() => new() { Seconds = Seconds, Nanos = Nanos };

        internal TimeSpan ToTimeSpan() => new Duration { Seconds = Seconds, Nanos = Nanos }.ToTimeSpan();
    }

    private sealed record PatchData(string Id, bool Deprecated);
}
