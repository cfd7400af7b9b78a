using System.Text;

namespace Settlement.BankSimulator.Tests.Journal;

public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_AfterClose_ReplaysRecordsInOrder()
    {
        await AppendAsync("A", "B", "C");

        (await ReplayAsync()).ShouldBe(["A", "B", "C"]);
    }

    [Fact]
    public async Task Open_TornLastLine_CutsItOffAndAppendsAfterTheGoodOnes()
    {
        await AppendAsync("A", "B");
        var whole = await File.ReadAllBytesAsync(folder.Journal);
        await File.WriteAllBytesAsync(folder.Journal, whole[..^7]);

        await AppendAsync("C");

        (await ReplayAsync()).ShouldBe(["A", "C"]);
    }

    [Fact]
    public async Task Open_LastLineWithoutNewline_IsNotBelieved()
    {
        await AppendAsync("A", "B");
        var whole = await File.ReadAllBytesAsync(folder.Journal);
        await File.WriteAllBytesAsync(folder.Journal, whole[..^1]);

        (await ReplayAsync()).ShouldBe(["A"]);
    }

    [Fact]
    public async Task Open_DamageBeforeTheLastLine_IsRefusedWithItsLineAndLeavesTheFile()
    {
        await AppendAsync("A", "B", "C");
        var bytes = await File.ReadAllBytesAsync(folder.Journal);
        bytes[bytes.AsSpan().IndexOf((byte)'\n') + 20] ^= 1;
        await File.WriteAllBytesAsync(folder.Journal, bytes);

        var damage = Should.Throw<JournalDamagedException>(() => JournalFile.Open(folder.Path, _ => { }, _ => { }));

        damage.Line.ShouldBe(2);
        damage.Message.ShouldContain(folder.Journal);
        (await File.ReadAllBytesAsync(folder.Journal)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Open_NoJournalAtAll_IsRefused()
    {
        await File.WriteAllTextAsync(folder.Journal, "this is no journal\nof any bank\n");

        Should.Throw<JournalDamagedException>(() => JournalFile.Open(folder.Path, _ => { }, _ => { })).Line.ShouldBe(1);
    }

    [Fact]
    public async Task Open_WhileAnotherHoldsIt_IsRefused()
    {
        await using var first = JournalFile.Open(folder.Path, _ => { }, _ => { });

        Should.Throw<IOException>(() => JournalFile.Open(folder.Path, _ => { }, _ => { }));
    }

    [Fact]
    public async Task WaitDurable_ManyWriters_AllReturnAndEveryRecordIsOnDisk()
    {
        var journal = JournalFile.Open(folder.Path, _ => { }, _ => { });
        var gate = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            long sequence;
            lock (gate)
                sequence = journal.Append([Record($"R{i}")]);
            await journal.WaitDurableAsync(sequence);
        });
        await journal.DisposeAsync();

        (await ReplayAsync()).Count.ShouldBe(500);
    }

    private static string Crc32Of(string text)
    {
        // Bit by bit, without the table of the code under test.
        var crc = 0xFFFFFFFFu;
        foreach (var value in Encoding.ASCII.GetBytes(text))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        return (~crc).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Append_Line_StartsWithTheChecksumOfItsJson()
    {
        await AppendAsync("A");

        var line = (await File.ReadAllLinesAsync(folder.Journal)).Single();

        line[..8].ShouldBe(Crc32Of(line[9..]));
    }

    private static JournalRecord.AccountOpened Record(string account) => new(account, "USD", 0, null, false);

    private async Task AppendAsync(params string[] accounts)
    {
        await using var journal = JournalFile.Open(folder.Path, _ => { }, _ => { });
        await journal.WaitDurableAsync(journal.Append(accounts.Select(Record).ToArray()));
    }

    private async Task<List<string>> ReplayAsync()
    {
        var accounts = new List<string>();
        await using var journal = JournalFile.Open(folder.Path, record => accounts.Add(((JournalRecord.AccountOpened)record).Account), _ => { });
        journal.Records.ShouldBe(accounts.Count);
        return accounts;
    }
}
