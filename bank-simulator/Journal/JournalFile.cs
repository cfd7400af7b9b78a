using System.Threading.Channels;

namespace Settlement.BankSimulator;

/// <summary>
/// The append-only journal. Records get consecutive sequence numbers in the order of <see cref="Append"/>; one writer takes all that
/// wait, writes them and flushes the disk once (group commit). A record is durable when <see cref="WaitDurableAsync"/> returns.
/// A failed write or flush ends the bank's work: every waiter and every later call gets the error, because a bank that cannot
/// remember must not answer.
/// </summary>
public sealed class JournalFile : IAsyncDisposable
{
    private readonly FileStream file;
    private readonly Channel<byte[]> pending = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, TaskCompletionSource> waiters = [];
    private readonly Action<Exception> onFailure;
    private Task writer = Task.CompletedTask;
    private long appended;
    private long durable;
    private Exception? failure;

    private JournalFile(FileStream file, Action<Exception> onFailure)
    {
        this.file = file;
        this.onFailure = onFailure;
    }

    /// <summary>Records so far, durable or not.</summary>
    public long Records => Interlocked.Read(ref appended);

    /// <summary>Bytes that are on disk.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Opens or creates the journal in <paramref name="directory"/>, hands every record to <paramref name="apply"/> in order, cuts off a
    /// torn last line (a crash in the middle of a write; such a record was never acknowledged) and starts the writer.
    /// </summary>
    /// <exception cref="JournalDamagedException">A line before the last is not what the bank wrote.</exception>
    /// <exception cref="IOException">Another process holds the journal, or the folder cannot be used.</exception>
    public static JournalFile Open(string directory, Action<JournalRecord> apply, Action<Exception> onFailure)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "journal.jsonl");
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.None);
        try
        {
            var journal = new JournalFile(file, onFailure);
            journal.Replay(path, apply);
            journal.writer = Task.Run(journal.WriteLoopAsync);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Queues records; the caller keeps the order by holding its own lock. Returns the sequence number of the last one.</summary>
    public long Append(IReadOnlyCollection<JournalRecord> records)
    {
        if (failure is { } error)
            throw new IOException("The bank's journal has failed.", error);
        foreach (var record in records)
        {
            if (!pending.Writer.TryWrite(JournalFormat.Write(record)))
                throw new IOException("The bank's journal is closed.");
            appended++;
        }

        return appended;
    }

    /// <summary>Returns when the record with this sequence number is on disk.</summary>
    public Task WaitDurableAsync(long sequence)
    {
        lock (gate)
        {
            if (failure is { } error)
                return Task.FromException(new IOException("The bank's journal has failed.", error));
            if (durable >= sequence)
                return Task.CompletedTask;
            if (!waiters.TryGetValue(sequence, out var waiter))
                waiters[sequence] = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        pending.Writer.TryComplete();
        await writer.ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteLoopAsync()
    {
        try
        {
            while (await pending.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                var count = 0;
                while (count < 4_096 && pending.Reader.TryRead(out var line))
                {
                    file.Write(line);
                    Bytes += line.Length;
                    count++;
                }

                file.Flush(flushToDisk: true);
                Release(count);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(error);
        }
    }

    private void Release(int count)
    {
        lock (gate)
        {
            durable += count;
            while (waiters.Count > 0 && waiters.First() is var first && first.Key <= durable)
            {
                waiters.Remove(first.Key);
                first.Value.SetResult();
            }
        }
    }

    private void Fail(Exception error)
    {
        lock (gate)
        {
            failure = error;
            foreach (var waiter in waiters.Values)
                waiter.SetException(new IOException("The bank's journal has failed.", error));
            waiters.Clear();
        }

        onFailure(error);
    }

    private void Replay(string path, Action<JournalRecord> apply)
    {
        long line = 0, good = 0;
        using var reader = new JournalReader(file);
        while (reader.ReadLine() is { } bytes)
        {
            line++;
            var record = JournalFormat.Read(bytes.Span, out var reason);
            if (record is null || !reader.LineWasComplete)
            {
                if (reader.HasMore)
                    throw new JournalDamagedException(path, line, reason);
                break;
            }

            apply(record);
            appended++;
            good += bytes.Length + 1;
        }

        if (file.Length != good)
        {
            file.SetLength(good);
            file.Flush(flushToDisk: true);
        }

        file.Seek(0, SeekOrigin.End);
        durable = appended;
        Bytes = good;
    }
}

/// <summary>The journal holds something other than what the bank wrote, before its last line; the bank refuses to guess.</summary>
public sealed class JournalDamagedException(string path, long line, string reason)
    : Exception($"The bank's journal {path} is damaged at line {line}: {reason}. Nothing was changed; restore the file or choose another Bank:StateDirectory.")
{
    /// <summary>Line of the damage, from 1.</summary>
    public long Line { get; } = line;
}
