using System.Text.Json;
using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Worker.Logging;
using Settlement.Worker.Options;
using Settlement.Worker.Relays;
using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Worker.Sweeping;

/// <summary>
/// Starts the workflow of every PENDING row that has none: the API died between the two, or Temporal was away. The workflow id makes a second
/// start harmless, so every worker may sweep.
/// </summary>
internal sealed class PendingSweeper(
    IServiceScopeFactory scopes, ITemporalClient temporal, StepRunner steps, TimeProvider clock, IOptions<WorkerOptions> options, ILogger<PendingSweeper> log)
    : RelayLoop("pending sweep", TimeSpan.FromSeconds(options.Value.SweepSeconds), log)
{
    private static readonly StepName Unstartable = new("unstartable");
    private readonly ILogger<PendingSweeper> log = log;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<SettlementReader>();
        var before = clock.GetUtcNow().AddSeconds(-options.Value.SweepGraceSeconds);
        var started = 0;
        foreach (var row in await reader.UnstartedAsync(before, options.Value.SweepBatch, cancellationToken))
        {
            if (await StartAsync(row, cancellationToken))
                started++;
        }

        if (started > 0)
            log.SweptPending(started);
        return false;
    }

    private async Task<bool> StartAsync(SettlementTransaction row, CancellationToken cancellationToken)
    {
        try
        {
            await temporal.StartSettlementAsync(Input(row), cancellationToken);
            return true;
        }
        catch (WorkflowAlreadyStartedException)
        {
            // It runs already and has not come to its first step: nothing to do.
            return false;
        }
        catch (Exception wrong) when (wrong is JsonException || wrong is RpcException { Code: RpcException.StatusCode.InvalidArgument })
        {
            // This row stays as it is for a person, who is called once; those after it must not wait for that.
            log.PendingNotStartable(wrong, row.SettlementId);
            await CallAPersonAsync(row, wrong, cancellationToken);
            return false;
        }
    }

    private Task<StepResult<bool>> CallAPersonAsync(SettlementTransaction row, Exception wrong, CancellationToken cancellationToken) =>
        steps.RunActionAsync(row.SettlementId, Unstartable, clock.GetUtcNow(), step =>
        {
            const string detail = "the stored input cannot be started as a workflow";
            step.RaiseAttention(AttentionReason.Unstartable, Actor.System, detail);
            // The error's kind and not its message, which may repeat what stands in the input.
            step.Cases.Open(AttentionReason.Unstartable, JsonSerializer.Serialize(new { detail, error = wrong.GetType().Name }));
            return Task.FromResult(true);
        }, cancellationToken);

    private static SettlementRequest Input(SettlementTransaction row) =>
        JsonSerializer.Deserialize<SettlementRequest>(row.WorkflowInput) ?? throw new JsonException("The row has no workflow input.");
}
