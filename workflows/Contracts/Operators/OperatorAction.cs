using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Who asks for what, and why. Every update takes it. Identity and reason are required and end up in history and audit. What
/// a command line's caller types is a statement, not an identity: actions that need four eyes also carry a ticket.
/// </summary>
public record OperatorAction
{
    public const int MaxNameLength = 100;
    public const int MaxReasonLength = 1000;
    public const int MaxRequestIdLength = 64;
    public const int MaxSignatureLength = 100;

    /// <summary>User name of the operator.</summary>
    [JsonPropertyName("operator")]
    public string Operator { get; init; } = "";

    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Chosen by the caller, 1 to 64 of A-Z a-z 0-9 _ - : . ; a repeat gets the first answer.</summary>
    [JsonPropertyName("request_id")]
    public string RequestId { get; init; } = "";

    /// <summary>Where it came from: one of <see cref="ActorSources"/>; absent: the command line. Whoever says <c>api</c> must prove it by <see cref="Signature"/>.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    /// <summary>The API's signature, made by <see cref="ActionKeys"/>; absent from the command line, and from actions of before there were signatures.</summary>
    [JsonPropertyName("signature")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signature { get; init; }
}

/// <summary>An action that needs a second person, proven by a one-time ticket that the API issued to that person.</summary>
public record TicketedAction : OperatorAction
{
    public const int MaxTicketLength = 200;

    [JsonPropertyName("ticket")]
    public string Ticket { get; init; } = "";
}

/// <summary>What became of an instruction whose outcome the bank cannot tell.</summary>
public sealed record ResolveAction : TicketedAction
{
    public const int MaxEvidenceLength = 4000;

    /// <summary>The bank has moved the money: the settlement goes on to CONFIRMED.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The bank has not moved money and will not: the lock is released.</summary>
    public const string NotExecuted = "not_executed";

    /// <summary><see cref="Confirmed"/> or <see cref="NotExecuted"/>.</summary>
    [JsonPropertyName("outcome")]
    public string Outcome { get; init; } = "";

    /// <summary>What the decision rests on, for example a statement line or a letter; required.</summary>
    [JsonPropertyName("evidence")]
    public string Evidence { get; init; } = "";
}

/// <summary>Moves the deadline of the current wait to a later instant.</summary>
public sealed record ExtendDeadlineAction : OperatorAction
{
    /// <summary>The new deadline, ISO 8601 UTC; later than the present one, at most 30 days ahead.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset Until { get; init; }
}

/// <summary>The answer to every update.</summary>
public sealed record OperatorReply
{
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    /// <summary>State after the action, in lower_snake, for example <c>awaiting_retry</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>How many attempts followed the first.</summary>
    [JsonPropertyName("retry_count")]
    public required int RetryCount { get; init; }

    /// <summary>What happens next, in words.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }
}

/// <summary>What <see cref="OperatorAction.Source"/> may say.</summary>
public static class ActorSources
{
    /// <summary>The API, which has authenticated the operator.</summary>
    public const string Api = "api";

    /// <summary>The <c>temporal</c> command line, whose caller says who he is.</summary>
    public const string CommandLine = "cli";
}

/// <summary>Stable error types of refused actions, besides <see cref="Domain.SettlementFailure"/>.</summary>
public static class OperatorRefusals
{
    /// <summary>The update is well formed, but makes no sense in the present state; the message says why.</summary>
    public const string NotNow = "NotNow";

    /// <summary>A field is missing or too long; the message names it.</summary>
    public const string InvalidInput = "InvalidInput";

    /// <summary>It says that it comes from the API, and does not carry the API's signature.</summary>
    public const string NotFromTheApi = "NotFromTheApi";
}
