using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Workflow types of the actions that belong to the environment and not to one open settlement. Each is a short workflow of its own, started alike by the
/// API and from the command line:
/// <code>temporal workflow execute --task-queue settlements --type ExtendWindow --workflow-id extend-1 --input '{"operator":"olga",…}'</code>
/// </summary>
public static class OperationNames
{
    /// <summary>Stops or releases a kill switch.</summary>
    public const string SetSwitch = "SetSwitch";

    /// <summary>Moves the cut-off of one day.</summary>
    public const string ExtendWindow = "ExtendWindow";

    /// <summary>Publishes the next version of a window.</summary>
    public const string PublishWindow = "PublishWindow";

    /// <summary>Publishes the next version of a calendar: days added or taken away.</summary>
    public const string PublishCalendar = "PublishCalendar";

    /// <summary>Gives a case an owner.</summary>
    public const string AssignCase = "AssignCase";

    /// <summary>Closes a case, with evidence and a second person's ticket.</summary>
    public const string CloseCase = "CloseCase";

    /// <summary>Asks the bank to return a settled payment, as a new, linked settlement.</summary>
    public const string ReturnPayment = "ReturnPayment";

    /// <summary>Gives an open settlement whose workflow was terminated its workflow back.</summary>
    public const string ReviveSettlement = "ReviveSettlement";

    /// <summary>Ends an open workflow that has no open settlement.</summary>
    public const string EndOrphan = "EndOrphan";

    /// <summary>Brings the records of an archived settlement back.</summary>
    public const string RestoreSettlement = "RestoreSettlement";

    /// <summary>Runs a scheduled job out of turn.</summary>
    public const string TriggerJob = "TriggerJob";

    /// <summary>Pauses a scheduled job, or lets it go on.</summary>
    public const string PauseJob = "PauseJob";

    /// <summary>Tells open settlements that calendars, windows or switches have changed. Started by the actions above, not by people.</summary>
    public const string NotifyOpenSettlements = "NotifyOpenSettlements";

    /// <summary>Id of the workflow of an action that came through the API: a repeat finds the first.</summary>
    public static string WorkflowId(string operation, string user, string requestId) =>
        $"{JsonNamingPolicy.KebabCaseLower.ConvertName(operation)}-{user}-{requestId}";
}

/// <summary>The answer to every action that is not about one open settlement.</summary>
public sealed record OperationReply
{
    /// <summary>What was acted on, for example <c>switch:transfers</c>, <c>case:…</c>.</summary>
    [JsonPropertyName("target")]
    public required string Target { get; init; }

    /// <summary>What happened, in words.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>The settlement that the action concerns or has made; null for the others.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid? SettlementId { get; init; }

    /// <summary>Reason of a case that was acted on, in UPPER_SNAKE; null for other actions.</summary>
    [JsonPropertyName("case_reason")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaseReason { get; init; }

    /// <summary>Reference of that settlement.</summary>
    [JsonPropertyName("reference")]
    public string? Reference { get; init; }
}
