using System.Diagnostics;
using Settlement.AppHost.Samples.Pace;

namespace Settlement.AppHost.Samples;

/// <summary>
/// Runs samples against a running environment, from outside: through the starter API, the bank simulator's interface and, where a file
/// says so, a workflow update. What it knows of a settlement is what any caller could know.
/// </summary>
public sealed class SampleRunner : IDisposable
{
    private readonly SampleRunOptions options;
    private readonly ISampleAccounts accounts;
    private readonly ISampleOperator? commandLine;
    private readonly TimeProvider clock;
    private readonly ISamplePace pace;
    private readonly HttpClient apiClient;
    private readonly HttpClient bankClient;
    private readonly SampleApi api;
    private readonly SampleBankDesk bank;

    /// <param name="options">Where everything is.</param>
    /// <param name="accounts">Opens accounts in our books.</param>
    /// <param name="commandLine">For actions that do not go through the API; null: a sample that needs it fails and says so.</param>
    /// <param name="clock">Business time of the requests: dates in samples count from its today.</param>
    /// <param name="pace">What passes between two looks; null: real time.</param>
    public SampleRunner(SampleRunOptions options, ISampleAccounts accounts, ISampleOperator? commandLine, TimeProvider clock, ISamplePace? pace = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.accounts = accounts;
        this.commandLine = commandLine;
        this.clock = clock;
        this.pace = pace ?? new RealPace(options.PollInterval);
        apiClient = new HttpClient { BaseAddress = options.Api, Timeout = TimeSpan.FromSeconds(60) };
        bankClient = new HttpClient { BaseAddress = options.Bank, Timeout = TimeSpan.FromSeconds(30) };
        api = new SampleApi(apiClient);
        bank = new SampleBankDesk(bankClient);
    }

    /// <summary>Runs one sample. Never throws for what the system does: that is a fault of the result.</summary>
    /// <param name="sample">What to run.</param>
    /// <param name="progress">Hears of every state and action as it happens; null: nobody.</param>
    /// <param name="cancellationToken">Stops the run, not the settlement.</param>
    public async Task<SampleResult> RunAsync(
        Sample sample, IProgress<SampleEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var run = new SampleRun(sample, options, api, bank, commandLine, pace, progress);
        var watch = Stopwatch.StartNew();
        try
        {
            await run.SetSceneAsync(accounts, cancellationToken);
            watch.Restart();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(sample.Expect.WithinSeconds));
            await run.PlayAsync(clock.GetUtcNow(), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.AddFault($"did not end within {sample.Expect.WithinSeconds} s; {run.Waiting}");
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException or Settlement.Domain.SettlementException
            or System.Text.Json.JsonException or Temporalio.Exceptions.RpcException or KeyNotFoundException or FormatException or Npgsql.NpgsqlException)
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
