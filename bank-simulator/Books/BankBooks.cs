using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>
/// The only door to the books: reads and decisions happen under one lock, and what is decided is applied and queued for the journal
/// in the same breath, so that the journal's order is the order in memory.
/// </summary>
public sealed class BankBooks : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly BooksState state = new();
    private readonly JournalFile journal;
    private readonly BankSimulatorOptions options;

    public BankBooks(IOptions<BankSimulatorOptions> options, ILogger<BankBooks> logger, IHostApplicationLifetime lifetime)
    {
        this.options = options.Value;
        var replayed = 0L;
        journal = JournalFile.Open(
            this.options.StateDirectory,
            record => state.Apply(record, ++replayed),
            error =>
            {
                BankLog.JournalFailed(logger, error);
                lifetime.StopApplication();
            });
        BankLog.JournalReplayed(logger, replayed, this.options.StateDirectory);
    }

    /// <summary>Raised outside the lock with facts that have just become durable; handlers must be quick and must not throw.</summary>
    public event Action<IReadOnlyList<JournalRecord>>? Committed;

    public long JournalRecords => journal.Records;

    public long JournalBytes => journal.Bytes;

    /// <summary>Whether the bank can take another payment into books and journal.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
                return state.PaymentList.Count < options.MaxPayments && journal.Bytes < options.MaxJournalBytes;
        }
    }

    /// <summary>Reads under the lock; keep it short.</summary>
    public T Read<T>(Func<BooksState, T> read)
    {
        lock (gate)
            return read(state);
    }

    /// <summary>
    /// Lets <paramref name="decide"/> look at the state and add facts, applies and journals them in order, and returns when they are on disk.
    /// A decision that adds nothing returns at once.
    /// </summary>
    public async Task<T> TransactAsync<T>(Func<BooksState, List<JournalRecord>, T> decide)
    {
        var (result, facts, sequence) = Commit(decide);
        if (facts.Count == 0)
            return result;
        await journal.WaitDurableAsync(sequence).ConfigureAwait(false);
        Committed?.Invoke(facts);
        return result;
    }

    /// <summary>As <see cref="TransactAsync{T}"/> without waiting for the disk: for facts that only a later, durable fact makes visible.</summary>
    public T Note<T>(Func<BooksState, List<JournalRecord>, T> decide) => Commit(decide).Result;

    /// <summary>Returns when the journal holds everything up to this sequence number.</summary>
    public Task WaitDurableAsync(long sequence) => journal.WaitDurableAsync(sequence);

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private (T Result, List<JournalRecord> Facts, long Sequence) Commit<T>(Func<BooksState, List<JournalRecord>, T> decide)
    {
        var facts = new List<JournalRecord>();
        lock (gate)
        {
            var result = decide(state, facts);
            if (facts.Count == 0)
                return (result, facts, 0);
            // Queue first: if the journal has failed, memory must not run ahead of it.
            var sequence = journal.Append(facts);
            var next = sequence - facts.Count;
            foreach (var fact in facts)
                state.Apply(fact, ++next);
            return (result, facts, sequence);
        }
    }
}
