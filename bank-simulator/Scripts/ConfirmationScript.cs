using System.ComponentModel.DataAnnotations;

namespace Settlement.BankSimulator.Scripts;

/// <summary>What is pushed to the webhook after a decision.</summary>
public sealed record ConfirmationScript
{
    /// <summary>How often each message is sent on purpose, besides retries; 0 sends none.</summary>
    [Range(0, 20)]
    public int Copies { get; init; } = 1;

    /// <summary>Milliseconds between decision and first copy: a late confirmation.</summary>
    [Range(0, 3_600_000)]
    public int DelayMs { get; init; }

    /// <summary>Milliseconds between copies.</summary>
    [Range(0, 3_600_000)]
    public int CopyGapMs { get; init; } = 100;

    /// <summary>True: an acceptance (ACSP) is sent too, before the decision's message.</summary>
    public bool Acceptance { get; init; }

    /// <summary>True: the acceptance is sent after the decision's message: out of order.</summary>
    public bool Reversed { get; init; }

    /// <summary>True: a camt.054 booking follows the pacs.002 of an executed payment.</summary>
    public bool Booking { get; init; }
}
