using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Domain;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.AppHost.Samples;

/// <summary>
/// Runs samples against a running environment, from outside: through the starter API, the bank simulator's interface and, where a file
/// says so, a workflow update. What it knows of a settlement is what any caller could know.
/// </summary>
public sealed class SampleRunner : IDisposable
{
    private readonly SampleAccounts accounts;
    private readonly ISamplePace pace;
    private readonly ApiClient apiClient;
    private readonly HttpClient bankClient;
    private readonly SampleApi api;
    private readonly SampleBankDesk bank;
    private readonly SampleOperators operators;

    /// <param name="environment">Where everything is.</param>
    /// <param name="database">The environment's database, by a user who may write accounts; it must outlive the runner.</param>
    /// <param name="temporal">For actions that do not go through the API.</param>
    /// <param name="pace">What passes between two looks; null: real time.</param>
    public SampleRunner(SettlementEnvironment environment, NpgsqlDataSource database, ITemporalClient temporal, ISamplePace? pace = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        accounts = new SampleAccounts(database, TimeProvider.System);
        this.pace = pace ?? new RealPace();
        apiClient = new ApiClient(environment.ApiAddress, environment.Secrets.UserPassword, TimeSpan.FromSeconds(60));
        bankClient = new HttpClient { BaseAddress = environment.BankAddress, Timeout = TimeSpan.FromSeconds(30) };
        api = new SampleApi(apiClient);
        bank = new SampleBankDesk(bankClient);
        operators = new SampleOperators(api, bank, temporal);
    }

    /// <summary>Runs one sample. Never throws for what the system does: that is a fault of the result.</summary>
    /// <param name="sample">What to run.</param>
    /// <param name="cancellationToken">Stops the run, not the settlement.</param>
    public async Task<SampleResult> RunAsync(Sample sample, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var run = new SampleRun(sample, api, bank, operators, pace);
        var watch = Stopwatch.StartNew();
        try
        {
            await run.SetSceneAsync(accounts, cancellationToken);
            watch.Restart();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(sample.Expect.WithinSeconds));
            await run.PlayAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.AddFault($"did not end within {sample.Expect.WithinSeconds} s; {run.Waiting}");
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException or SettlementException
            or JsonException or RpcException or KeyNotFoundException or FormatException or NpgsqlException)
        {
            run.AddFault(error.Message);
        }
        finally
        {
            pace.Leave();
        }

        var duration = watch.Elapsed;
        await run.LookBackAsync(cancellationToken);
        return run.ToResult(duration);
    }

    public void Dispose()
    {
        apiClient.Dispose();
        bankClient.Dispose();
    }
}

/// <summary>How a sample went.</summary>
public sealed record SampleResult
{
    public required Sample Sample { get; init; }

    /// <summary>States in order with their times; empty if the API refused the request.</summary>
    public required IReadOnlyList<SampleStep> Steps { get; init; }

    /// <summary>How it differs from what the file expects; empty: it passed.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>From the request to the last look.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>In words: the last state with its failure, or the refusal.</summary>
    public required string End { get; init; }

    public bool Passed => Faults.Count == 0;
}
