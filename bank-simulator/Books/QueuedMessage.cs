using Settlement.BankSimulator.Contracts;

namespace Settlement.BankSimulator.Books;

/// <summary>A message that waits for its push.</summary>
public sealed class QueuedMessage(string delivery, BankMessage message, DateTimeOffset dueAt, long sequence)
{
    /// <summary>Tells scripted copies of one message apart.</summary>
    public string Delivery { get; } = delivery;

    public BankMessage Message { get; } = message;

    /// <summary>Real time, UTC, before which it is not pushed.</summary>
    public DateTimeOffset DueAt { get; } = dueAt;

    /// <summary>Journal sequence; it is not pushed before the journal holds it.</summary>
    public long Sequence { get; } = sequence;

    public int Attempts { get; internal set; }

    /// <summary>True: given up until the bank is started again.</summary>
    public bool Parked { get; internal set; }
}
