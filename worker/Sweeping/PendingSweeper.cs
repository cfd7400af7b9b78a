using System.Text.Json;
using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Worker.Logging;
using Settlement.Worker.Options;
using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Worker.Sweeping;

/// <summary>
/// Starts the workflow of every PENDING row that has none: the API died between the two, or Temporal was away. The workflow id makes a second
/// start harmless, so every worker may sweep.
/// </summary>
internal sealed class PendingSweeper(IServiceScopeFactory scopes, ITemporalClient temporal, IOptions<WorkerOptions> options, ILogger<PendingSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepSeconds));
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is Npgsql.NpgsqlException or RpcException)
            {
                log.SweepFailed(error, options.Value.SweepSeconds);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<SettlementReader>();
        var grace = TimeSpan.FromSeconds(options.Value.SweepGraceSeconds);
        var started = 0;
        foreach (var row in await reader.UnstartedAsync(grace, options.Value.SweepBatch, cancellationToken))
        {
            try
            {
                await temporal.StartSettlementAsync(Input(row), cancellationToken);
                started++;
            }
            catch (WorkflowAlreadyStartedException)
            {
                // It runs already and has not come to its first step: nothing to do.
                continue;
            }
        }

        if (started > 0)
            log.SweptPending(started);
    }

    private static SettlementRequest Input(SettlementTransaction row) =>
        JsonSerializer.Deserialize<SettlementRequest>(row.WorkflowInput) ?? throw new InvalidOperationException($"Settlement {row.Reference} has no workflow input.");

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
