using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Worker.Options;

namespace Settlement.Worker.Relays;

/// <summary>Seals new audit entries into the hash chain; of several workers one does, by a lock in the database (ADR 0006).</summary>
internal sealed class AuditSealing(AuditSealer sealer, IOptions<WorkerOptions> options, ILogger<AuditSealing> log)
    : RelayLoop("audit sealer", TimeSpan.FromMilliseconds(options.Value.RelayIdleMilliseconds), log)
{
    private const int Batch = 2_000;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken) => await sealer.SealOnceAsync(Batch, cancellationToken) == Batch;
}
