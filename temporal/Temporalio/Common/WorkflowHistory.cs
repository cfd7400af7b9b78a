using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>History of one run, as a server sends it, a file holds it or a replayer takes it.</summary>
/// <param name="Id">Workflow id, which histories do not contain.</param>
/// <param name="Events">Events in order.</param>
public record WorkflowHistory(string Id, IReadOnlyCollection<HistoryEvent> Events)
{
    private static readonly JsonParser Parser =
        new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>
    /// Reads JSON as <see cref="ToJson()"/>, the <c>temporal</c> command line and the Web UI write it. Enumerations may have
    /// their full or their short names; fields that newer servers add are left out.
    /// </summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="json">The JSON of an object with <c>events</c>.</param>
    /// <returns>The history.</returns>
    /// <exception cref="ArgumentException">It is not JSON, or not that of a history.</exception>
    public static WorkflowHistory FromJson(string workflowId, string json)
    {
        var fixedJson = HistoryJson.WithFullEnumNames(json);
        try
        {
            return new(workflowId, Parser.Parse<History>(fixedJson).Events);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException)
        {
            throw new ArgumentException($"JSON is not that of a history: {e.Message}", nameof(json), e);
        }
    }

    /// <summary>Writes JSON that this and other SDKs read. It does not contain the workflow id.</summary>
    /// <returns>The JSON.</returns>
    public string ToJson() => JsonFormatter.Default.Format(new History { Events = { Events } });

    /// <summary>Writes JSON that this and other SDKs read. It does not contain the workflow id.</summary>
    /// <param name="writer">Where to write it.</param>
    public void ToJson(TextWriter writer) =>
        JsonFormatter.Default.Format(new History { Events = { Events } }, writer);
}
