namespace Settlement.BankSimulator.Tests;

/// <summary>A folder that is gone when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bank-simulator-test-").FullName;

    public string Journal => System.IO.Path.Combine(Path, "journal.jsonl");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
