using System.Text.Json.Serialization;

namespace Settlement.BankSimulator;

/// <summary>One line of the journal: a fact that happened at the bank. The books are nothing but these, applied in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(AccountOpened), "account_opened")]
[JsonDerivedType(typeof(ScriptSet), "script_set")]
[JsonDerivedType(typeof(ScriptBound), "script_bound")]
[JsonDerivedType(typeof(CrashFired), "crash_fired")]
[JsonDerivedType(typeof(PaymentReceived), "payment_received")]
[JsonDerivedType(typeof(PaymentDecided), "payment_decided")]
[JsonDerivedType(typeof(RecallAnswered), "recall_answered")]
[JsonDerivedType(typeof(ReturnBooked), "return_booked")]
[JsonDerivedType(typeof(MessageQueued), "message_queued")]
[JsonDerivedType(typeof(MessageDelivered), "message_delivered")]
public abstract record JournalRecord
{
    /// <summary>An account was opened, or its floor or closure changed; the opening balance counts the first time only.</summary>
    public sealed record AccountOpened(string Account, string Currency, decimal Opening, decimal? Floor, bool Closed) : JournalRecord;

    /// <summary>A script took effect.</summary>
    public sealed record ScriptSet(BankScript Script) : JournalRecord;

    /// <summary>A UETR took a step of a script.</summary>
    public sealed record ScriptBound(string Uetr, string ScriptKey, int Step) : JournalRecord;

    /// <summary>The scripted crash of a step is spent; written before the process dies, so that it dies once.</summary>
    public sealed record CrashFired(string ScriptKey, int Step) : JournalRecord;

    /// <summary>
    /// A payment was accepted into the books. <c>DecideAt</c>: real time, UTC, of the decision; null: held. <c>DecidesInAnswer</c>: whether
    /// the caller is told the decision itself, and not only the acceptance.
    /// </summary>
    public sealed record PaymentReceived(
        PaymentInstruction Instruction,
        DateTimeOffset At,
        DateTimeOffset? DecideAt,
        bool DecidesInAnswer,
        ScriptedOutcome Outcome,
        string? ReasonCode) : JournalRecord;

    /// <summary>A payment was executed (ACSC) or rejected (RJCT).</summary>
    public sealed record PaymentDecided(string Uetr, string Status, string? ReasonCode, DateTimeOffset At) : JournalRecord;

    /// <summary>A recall was answered. <paramref name="GivesBack"/>: an executed payment went back in full.</summary>
    public sealed record RecallAnswered(RecallReport Report, bool GivesBack) : JournalRecord;

    /// <summary>A return moved money back.</summary>
    public sealed record ReturnBooked(ReturnReport Report) : JournalRecord;

    /// <summary>A message waits for its push. <paramref name="Delivery"/> tells scripted copies of one message apart; real time in <paramref name="DueAt"/>.</summary>
    public sealed record MessageQueued(string Delivery, BankMessage Message, DateTimeOffset DueAt) : JournalRecord;

    /// <summary>The receiver took the message.</summary>
    public sealed record MessageDelivered(string Delivery) : JournalRecord;
}
