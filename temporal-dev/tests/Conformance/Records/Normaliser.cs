using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// Turns messages into lines that two servers must share. Ids become numbers in the order of their first appearance, instants become
/// <c>(time)</c>, and what depends on a server's own bookkeeping (task ids, sizes, tokens) is left out. Everything else stays.
/// </summary>
public sealed partial class Normaliser
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "task_id", "task_token", "version", "history_size_bytes", "size_bytes", "state_transition_count", "next_page_token", "stack_trace", "shard_id", "history_host",
        "conflict_token",
        // Advice to a worker's poller, from how loaded the server is at the moment.
        "poller_scaling_decision",
    };

    /// <summary>How a server named the poll that took a task: one of its own words, if the task was taken without a poll.</summary>
    private static readonly HashSet<string> LeftOutHere = new(StringComparer.Ordinal)
    {
        "temporal.api.history.v1.WorkflowTaskStartedEventAttributes.request_id", "temporal.api.history.v1.ActivityTaskStartedEventAttributes.request_id",
    };

    /// <summary>A run that follows another within a second is held back for the rest of it: which of them do depends on who is faster.</summary>
    private const string HeldBack = "first_workflow_task_backoff";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private Func<long, string>? eventName;
    private bool isAnonymous;

    /// <summary>Ids, times and ports of a text replaced.</summary>
    public string Text(string text)
    {
        text = Id().Replace(text, found => Name(found.Value));
        text = Instant().Replace(text, "(time)");
        text = JsonInstant().Replace(text, "(time)");
        text = ServersOwnWorker().Replace(text, "(the server's own worker)");
        return Port().Replace(text, "127.0.0.1:(port)");
    }

    /// <summary>A message as indented lines, one a field that is set.</summary>
    public string Message(IMessage message)
    {
        var lines = new StringBuilder();
        Append(lines, message, 0);
        return lines.ToString();
    }

    /// <summary>Events in an order that depends on nothing but what they say; references to others of the history are replaced.</summary>
    /// <param name="events">The events.</param>
    /// <param name="nameOf">What to write for the event of an id.</param>
    public static string InNoOrder(IEnumerable<HistoryEvent> events, Func<long, string> nameOf)
    {
        var ordered = new Normaliser { eventName = nameOf, isAnonymous = true };
        var named = new Normaliser { eventName = nameOf };
        return string.Concat(events.OrderBy(ordered.Message, StringComparer.Ordinal).Select(named.Message));
    }

    private void Append(StringBuilder lines, IMessage message, int depth)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (!LeftOut.Contains(field.Name) && !(eventName is not null && field.Name == HeldBack) && !LeftOutHere.Contains(field.FullName) && IsSet(message, field))
            {
                AppendField(lines, field, field.Accessor.GetValue(message), depth);
            }
        }
    }

    private static bool IsSet(IMessage message, FieldDescriptor field) => field switch
    {
        { IsMap: true } => ((System.Collections.IDictionary)field.Accessor.GetValue(message)).Count > 0,
        { IsRepeated: true } => ((System.Collections.IList)field.Accessor.GetValue(message)).Count > 0,
        { HasPresence: true } => field.Accessor.HasValue(message),
        _ => !IsDefault(field.Accessor.GetValue(message)),
    };

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        bool flag => !flag,
        System.Enum number => Convert.ToInt32(number, CultureInfo.InvariantCulture) == 0,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    private void AppendField(StringBuilder lines, FieldDescriptor field, object value, int depth)
    {
        if (field.IsMap)
        {
            var map = (System.Collections.IDictionary)value;
            var keys = map.Keys.Cast<object>().Select(k => Convert.ToString(k, CultureInfo.InvariantCulture)!).Order(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                var typed = map.Keys.Cast<object>().Single(k => Convert.ToString(k, CultureInfo.InvariantCulture) == key);
                AppendValue(lines, $"{field.Name}[{Text(key)}]", map[typed]!, depth);
            }
        }
        else if (field.IsRepeated)
        {
            foreach (var item in (System.Collections.IList)value)
            {
                AppendValue(lines, field.Name, item!, depth);
            }
        }
        else
        {
            AppendValue(lines, field.Name, value, depth);
        }
    }

    private void AppendValue(StringBuilder lines, string name, object value, int depth)
    {
        lines.Append(' ', depth * 2).Append(name);
        switch (value)
        {
            case Timestamp:
                lines.Append(": (time)\n");
                break;
            case Duration duration:
                lines.Append(": ").Append(Length(name, duration)).Append('\n');
                break;
            case Payload payload:
                lines.Append(": ").Append(Data(payload)).Append('\n');
                break;
            case IMessage message:
                lines.Append('\n');
                Append(lines, message, depth + 1);
                break;
            case ByteString bytes:
                lines.Append(": ").Append(Bytes(bytes)).Append('\n');
                break;
            case long id when eventName is not null && name.EndsWith("event_id", StringComparison.Ordinal):
                // Links and parents are about events of other histories.
                lines.Append(": ").Append(name == "parent_initiated_event_id" || (name == "event_id" && depth > 0) ? "(event)" : eventName(id)).Append('\n');
                break;
            case string text:
                lines.Append(": ").Append(Text(text)).Append('\n');
                break;
            default:
                lines.Append(": ").Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append('\n');
                break;
        }
    }

    /// <summary>A wait until an instant (a cron's next time, the rest of an execution's timeout) is as accidental as the instant; whether there is one is not.</summary>
    private static string Length(string name, Duration duration) => name switch
    {
        "execution_duration" or "approximate_backlog_age" => "(duration)",
        HeldBack or "backoff_start_interval" when duration.ToTimeSpan() > TimeSpan.Zero => "(duration)",
        _ => $"{Math.Round(duration.ToTimeSpan().TotalSeconds, 1).ToString(CultureInfo.InvariantCulture)} s",
    };

    private string Data(Payload payload)
    {
        var metadata = string.Join(' ', payload.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={Bytes(m.Value)}"));
        return $"{Bytes(payload.Data)} ({metadata})";
    }

    private string Bytes(ByteString bytes)
    {
        var text = bytes.ToStringUtf8();
        return text.Any(c => char.IsControl(c) || c == '\uFFFD') ? $"({bytes.Length} bytes)" : Text(text);
    }

    private string Name(string id)
    {
        if (isAnonymous)
        {
            return "(id)";
        }
        if (!names.TryGetValue(id, out var name))
        {
            names[id] = name = $"(id {names.Count + 1})";
        }
        return name;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?\+0000 UTC|Z|[+-]\d\d:\d\d)?")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\{""seconds"":\d{9,},""nanos"":\d+\}")]
    private static partial Regex JsonInstant();

    [GeneratedRegex(@"^\d+@[^@]+@[\w-]*$")]
    private static partial Regex ServersOwnWorker();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();
}
