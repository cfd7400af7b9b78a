using System.Text.Json;
using Settlement.Auditor.Bank;
using Settlement.Auditor.Ledger;
using Settlement.Auditor.Requests;

namespace Settlement.Auditor;

/// <summary>
/// The program: reads the bank's raw journal, the ledger's raw rows and the callers' own log, recomputes every balance from them, and prints
/// what does not fit as JSON. Exit code 0: nothing lost, doubled or stranded; 1: something was; 2: it could not look.
/// </summary>
internal static class Audit
{
    /// <summary>Npgsql connection string; by environment and not by argument, because it holds a password.</summary>
    public const string DatabaseVariable = "AUDIT_DATABASE";

    private const string Usage = "Usage: AUDIT_DATABASE=… Settlement.Auditor --journal FILE [--requests FILE]";

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var journal = Option(args, "--journal");
        var database = Environment.GetEnvironmentVariable(DatabaseVariable);
        if (journal is null || string.IsNullOrEmpty(database))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            var bank = BankJournal.Read(journal);
            var ledger = await LedgerReader.ReadAsync(database);
            var requests = Option(args, "--requests") is { } file ? RequestLog.Read(file) : null;
            var report = Auditor.Examine(bank, ledger, requests);
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Format));
            return report.Findings.Count == 0 ? 0 : 1;
        }
        catch (Exception error) when (error is IOException or FormatException or JsonException or Npgsql.NpgsqlException)
        {
            await errors.WriteLineAsync($"The audit could not look: {error.Message}");
            return 2;
        }
    }

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
