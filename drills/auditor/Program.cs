using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json;
using Settlement.Auditor;

// Reads the bank's raw journal, the ledger's raw rows and the callers' own log, recomputes every balance from them, and prints what does not fit
// as JSON. Exit code 0: nothing lost, doubled or stranded; 1: something was; 2: it could not look.
const int CouldNotLook = 2;
var journal = new Option<FileInfo>("--journal") { Description = "The bank's journal.", Required = true };
var requests = new Option<FileInfo?>("--requests") { Description = "The callers' log of what they were promised. Without it, that is not compared." };
var command = new RootCommand("Recomputes every balance from raw records. AUDIT_DATABASE is the Npgsql connection string of the ledger: not an argument, because it holds a password.") { journal, requests };
command.SetAction(async parsed =>
{
    try
    {
        var database = Environment.GetEnvironmentVariable("AUDIT_DATABASE");
        if (string.IsNullOrEmpty(database))
            throw new IOException("AUDIT_DATABASE is not set.");
        var report = Auditor.Examine(
            BankJournal.Read(parsed.GetRequiredValue(journal).FullName),
            await LedgerReader.ReadAsync(database),
            parsed.GetValue(requests) is { } log ? RequestLog.Read(log.FullName) : null);
        Console.WriteLine(JsonSerializer.Serialize(report, AuditReport.Format));
        return report.Findings.Count == 0 ? 0 : 1;
    }
    catch (Exception error) when (error is IOException or FormatException or JsonException or Npgsql.NpgsqlException)
    {
        Console.Error.WriteLine($"The audit could not look: {error.Message}");
        return CouldNotLook;
    }
});
var arguments = command.Parse(args);
var exit = await arguments.InvokeAsync();
return arguments.Action is ParseErrorAction ? CouldNotLook : exit;
