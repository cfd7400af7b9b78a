using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>The proof that the bank has executed an instruction.</summary>
public sealed record ConfirmInput : StepInput
{
    public required string Uetr { get; init; }

    /// <summary><c>answer</c>, <c>message</c>, <c>enquiry</c> or <c>resolution</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Who acted: the system user, or the operator of a resolution.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The bank's message id, where a message was the proof.</summary>
    public string? MessageId { get; init; }

    /// <summary>The bank's own reference of the booking.</summary>
    public string? BankReference { get; init; }

    /// <summary>The second person of a resolution.</summary>
    public string? Approver { get; init; }

    /// <summary>Evidence of a resolution, or the bank's words.</summary>
    public string? Evidence { get; init; }
}
