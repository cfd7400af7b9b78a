using System.Diagnostics;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.Database;

namespace Settlement.Drills.Tests.Prove;

/// <summary>A <c>./run</c> as a process of its own, in a folder of its own, with one sample to settle.</summary>
internal sealed class LaunchedRun : IAsyncDisposable
{
    private const string Sample = "01-domestic-success.json";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("settlement-prove-").FullName;
    private readonly ManagedProcess process;

    /// <param name="options">Options of <c>./run</c> beside its samples and its state.</param>
    public LaunchedRun(params string[] options)
    {
        var samples = Directory.CreateDirectory(Path.Combine(folder, "samples")).FullName;
        File.Copy(Path.Combine(RepositoryRoot.Folder, "samples", Sample), Path.Combine(samples, Sample));
        process = new ManagedProcess(
            "run", "dotnet", [RepositoryRoot.Program("apphost", "Settlement.AppHost"), "--samples", samples, "--state", State, .. options], Path.Combine(folder, "run.log"));
        process.Start();
    }

    public string State => Path.Combine(folder, "state");

    /// <summary>Waits until it serves.</summary>
    public Task ServingAsync() => UntilAsync(() => process.LogTail().Contains("Serving.", StringComparison.Ordinal));

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndedAsync() => UntilAsync(() => process.HasExited);

    /// <summary><c>./prove --state</c> its folder: exit code and what was printed.</summary>
    public async Task<(int Exit, string Text)> ProveAsync()
    {
        var text = new StringWriter();
        return (await new ProveCommand(State, text).ExecuteAsync(CancellationToken.None), text.ToString());
    }

    /// <summary>Writes to its database with the guards off, as only its superuser can.</summary>
    public async Task SpoilAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(SettlementDatabase.ConnectionString(RunAddresses.Read(State)!.DatabaseUrl));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT", connection);
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            (watch.Elapsed < Limit && (!process.HasExited || holds())).ShouldBeTrue(process.LogTail(40));
            await Task.Delay(100);
        }
    }
}

/// <summary>One <c>./run</c> that serves while the tests of a class look at its books.</summary>
public sealed class ServingRun : IAsyncLifetime
{
    private LaunchedRun? run;

    internal LaunchedRun Run => run!;

    public async ValueTask InitializeAsync()
    {
        run = new LaunchedRun();
        await run.ServingAsync();
    }

    public async ValueTask DisposeAsync() => await run!.DisposeAsync();
}
