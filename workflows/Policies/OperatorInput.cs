using Settlement.Workflows.Contracts;

namespace Settlement.Workflows.Policies;

/// <summary>What every operator's action must say, wherever it goes.</summary>
internal static class OperatorInput
{
    /// <summary>What is wrong, in words that name the member; null if nothing.</summary>
    public static string? ProblemOf(string actionName, OperatorAction? action) => action switch
    {
        null => $"{actionName} needs an object {{operator, reason, request_id}}",
        { Operator: var name } when Bad(name, OperatorAction.MaxNameLength) => $"operator must have 1 to {OperatorAction.MaxNameLength} characters",
        { Reason: var reason } when Bad(reason, OperatorAction.MaxReasonLength) => $"reason must have 1 to {OperatorAction.MaxReasonLength} characters",
        { RequestId: var id } when Bad(id, OperatorAction.MaxRequestIdLength) || !id.All(IsIdCharacter) =>
            $"request_id must have 1 to {OperatorAction.MaxRequestIdLength} characters of A-Z a-z 0-9 _ - : .",
        { Source: not (null or ActorSources.Api or ActorSources.CommandLine) } => $"source must be {ActorSources.Api} or {ActorSources.CommandLine}",
        { Signature.Length: > OperatorAction.MaxSignatureLength } => $"signature must have at most {OperatorAction.MaxSignatureLength} characters",
        TicketedAction { Ticket: var ticket } when Bad(ticket, TicketedAction.MaxTicketLength) => $"{actionName} needs a ticket of an approver",
        ResolveAction { Outcome: not (ResolveAction.Confirmed or ResolveAction.NotExecuted) } =>
            $"outcome must be {ResolveAction.Confirmed} or {ResolveAction.NotExecuted}",
        ResolveAction { Evidence: var evidence } when Bad(evidence, ResolveAction.MaxEvidenceLength) => EvidenceProblem,
        CloseCaseAction { Evidence: var evidence } when Bad(evidence, ResolveAction.MaxEvidenceLength) => EvidenceProblem,
        _ => null,
    };

    /// <summary>Missing, blank or too long.</summary>
    public static bool Bad(string? text, int maxLength) => string.IsNullOrWhiteSpace(text) || text.Length > maxLength;

    private static string EvidenceProblem => $"evidence must have 1 to {ResolveAction.MaxEvidenceLength} characters";

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.';
}
