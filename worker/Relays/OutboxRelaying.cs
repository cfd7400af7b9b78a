using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Worker.Options;

namespace Settlement.Worker.Relays;

/// <summary>
/// Puts committed events in their order for the readers of the table; of several workers one does, by a lock in the database. A broker
/// would be handed them here.
/// </summary>
internal sealed class OutboxRelaying(OutboxRelay relay, IOptions<WorkerOptions> options, ILogger<OutboxRelaying> log)
    : RelayLoop("outbox relay", TimeSpan.FromMilliseconds(options.Value.RelayIdleMilliseconds), log)
{
    private const int Batch = 500;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken) =>
        await relay.RelayOnceAsync(publish: null, Batch, cancellationToken) == Batch;
}
