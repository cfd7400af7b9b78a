namespace Settlement.BankSimulator.Journal;

/// <summary>The journal holds something other than what the bank wrote, before its last line; the bank refuses to guess.</summary>
public sealed class JournalDamagedException(string path, long line, string reason)
    : Exception($"The bank's journal {path} is damaged at line {line}: {reason}. Nothing was changed; restore the file or choose another Bank:StateDirectory.")
{
    /// <summary>Line of the damage, from 1.</summary>
    public long Line { get; } = line;
}
