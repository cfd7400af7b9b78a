using Settlement.Database;
using Settlement.Domain;
using Settlement.Hosting;

namespace Settlement.Worker.Commands;

/// <summary>
/// <c>archive restore REFERENCE --by NAME --reason TEXT</c> brings the records of an archived settlement back; <c>archive verify</c> recomputes
/// both hash chains. They need <c>DATABASE_URL</c> only: neither Temporal nor a running worker.
/// </summary>
internal static class ArchiveCommand
{
    private const string Usage = "usage: archive restore REFERENCE --by NAME --reason TEXT | archive verify";

    /// <summary>Whether the arguments are for this command and not for the worker.</summary>
    public static bool IsMeant(string[] args) => args is ["archive", ..];

    /// <returns>0: done, or all is whole; 1: there is nothing to restore, or a breach; 2: wrong arguments.</returns>
    /// <exception cref="ConfigurationException">DATABASE_URL is not set or cannot be read.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case ["archive", "verify"]:
                return await VerifyAsync(output, cancellationToken);
            case ["archive", "restore", var reference, "--by", var by, "--reason", var reason]
                when SettlementReference.IsValid(reference) && by.Length is > 0 and <= Actor.MaxNameLength && reason.Length is > 0 and <= 1000:
                return await RestoreAsync(reference, by, reason, output, cancellationToken);
            default:
                await errors.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> RestoreAsync(string reference, string by, string reason, TextWriter output, CancellationToken cancellationToken)
    {
        await using var database = Open();
        var restored = await new SettlementArchive(database).RestoreAsync(
            reference, new Actor(by, ActorSource.CommandLine), reason, DateTimeOffset.UtcNow, cancellationToken);
        await output.WriteLineAsync(restored switch
        {
            true => $"{reference} is restored: history, steps, compensations, locks, cases, events and audit rows are back.",
            false => $"{reference} is not archived: its records are where they always were.",
            null => $"There is no settlement {reference}.",
        });
        return restored is true ? 0 : 1;
    }

    private static async Task<int> VerifyAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var database = Open();
        var breaches = (await new AuditVerifier(database).VerifyAsync(cancellationToken)).Concat(await new ArchiveVerifier(database).VerifyAsync(cancellationToken)).ToList();
        foreach (var breach in breaches)
            await output.WriteLineAsync(breach.ToString());
        if (breaches.Count == 0)
            await output.WriteLineAsync("Audit chain and archive chain are whole.");
        return breaches.Count == 0 ? 0 : 1;
    }

    private static Npgsql.NpgsqlDataSource Open()
    {
        var url = Environment.GetEnvironmentVariable("DATABASE_URL");
        if (string.IsNullOrEmpty(url))
            throw new ConfigurationException("DATABASE_URL must be set");
        try
        {
            return SettlementDatabase.CreateDataSource(SettlementDatabase.ConnectionString(url));
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException(wrong.Message);
        }
    }
}
