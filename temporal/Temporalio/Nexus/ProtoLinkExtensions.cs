using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;
using NexusRpc;
using Temporalio.Api.Enums.V1;
using WorkflowEvent = Temporalio.Api.Common.V1.Link.Types.WorkflowEvent;

namespace Temporalio.Nexus;

/// <summary>Links to workflow events as the Nexus protocol carries them: <c>temporal:///namespaces/NS/workflows/ID/RUN/history?…</c>.</summary>
internal static class ProtoLinkExtensions
{
    private const string ByEvent = "EventReference";
    private const string ByRequestId = "RequestIdReference";

    // Other SDKs write an event type as the definitions do (EVENT_TYPE_…), some as their language does.
    private static readonly Dictionary<string, EventType> EventTypes = Enum.GetValues<EventType>()
        .SelectMany(type => new[] { type.ToString(), OriginalName(type) }.Distinct().Select(name => (name, type)))
        .ToDictionary(pair => pair.name, pair => pair.type);

    /// <summary>Writes a link.</summary>
    /// <param name="link">Workflow event.</param>
    /// <returns>The link.</returns>
    public static NexusLink ToNexusLink(this WorkflowEvent link)
    {
        List<string> query = [];
        if (link.EventRef is { } byEvent)
        {
            query.Add($"referenceType={ByEvent}");
            if (byEvent.EventId > 0)
            {
                query.Add(string.Create(CultureInfo.InvariantCulture, $"eventID={byEvent.EventId}"));
            }
            query.Add($"eventType={byEvent.EventType}");
        }
        else if (link.RequestIdRef is { } byRequest)
        {
            query.Add($"referenceType={ByRequestId}");
            query.Add($"requestID={Uri.EscapeDataString(byRequest.RequestId)}");
            query.Add($"eventType={byRequest.EventType}");
        }
        var path = string.Join('/', new[] { "namespaces", link.Namespace, "workflows", link.WorkflowId, link.RunId, "history" }
            .Select(Uri.EscapeDataString));
        return new(new($"temporal:///{path}?{string.Join('&', query)}"), WorkflowEvent.Descriptor.FullName);
    }

    /// <summary>Reads a link.</summary>
    /// <param name="link">The link, from anybody.</param>
    /// <returns>Workflow event.</returns>
    /// <exception cref="ArgumentException">It is no link to a workflow event.</exception>
    public static WorkflowEvent ToWorkflowEvent(this NexusLink link)
    {
        if (link.Uri.Scheme != "temporal")
        {
            throw new ArgumentException("Invalid scheme");
        }
        if (link.Uri.AbsolutePath.TrimStart('/').Split('/') is not
            ["namespaces", var workflowNamespace, "workflows", var workflowId, var runId, "history"])
        {
            throw new ArgumentException("Invalid path");
        }
        var workflowEvent = new WorkflowEvent
        {
            Namespace = Uri.UnescapeDataString(workflowNamespace),
            WorkflowId = Uri.UnescapeDataString(workflowId),
            RunId = Uri.UnescapeDataString(runId),
        };
        var query = QueryOf(link.Uri);
        switch (query.GetValueOrDefault("referenceType"))
        {
            case ByEvent:
                workflowEvent.EventRef = new() { EventType = EventTypeOf(query), EventId = EventIdOf(query) };
                break;
            case ByRequestId:
                workflowEvent.RequestIdRef = new()
                {
                    EventType = EventTypeOf(query),
                    RequestId = query.GetValueOrDefault("requestID") ?? string.Empty,
                };
                break;
            default:
                throw new ArgumentException("Unknown reference type");
        }
        return workflowEvent;
    }

    private static string OriginalName(EventType type) =>
        typeof(EventType).GetField(type.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? type.ToString();

    private static Dictionary<string, string> QueryOf(Uri uri)
    {
        var query = new Dictionary<string, string>();
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            query[Uri.UnescapeDataString(pair[0])] = pair.Length == 1 ? string.Empty : Uri.UnescapeDataString(pair[1].Replace('+', ' '));
        }
        return query;
    }

    private static EventType EventTypeOf(Dictionary<string, string> query)
    {
        if (!query.TryGetValue("eventType", out var name))
        {
            return EventType.Unspecified;
        }
        return EventTypes.TryGetValue(name, out var type) ? type : throw new ArgumentException($"Unknown event type: {name}");
    }

    private static long EventIdOf(Dictionary<string, string> query)
    {
        if (!query.TryGetValue("eventID", out var text))
        {
            return 0;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ArgumentException("Invalid event ID");
    }
}
