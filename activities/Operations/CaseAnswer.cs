using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Operations;

/// <summary>What became of an action on a case; kept with its step.</summary>
/// <param name="Message">What happened; null if refused.</param>
/// <param name="Refusal">Why not, in words; null if done.</param>
/// <param name="RefusalType">Stable error type of a refusal.</param>
/// <param name="Reference">Of the settlement.</param>
/// <param name="Reason">Of the case.</param>
internal sealed record CaseAnswer(string? Message, string? Refusal, string? RefusalType, string? Reference, string? Reason)
{
    public static CaseAnswer Done(string message) => new(message, null, null, null, null);

    public static CaseAnswer Refused(string why, string type = OperatorRefusals.NotNow) => new(null, why, type, null, null);
}
