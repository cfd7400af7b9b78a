using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>A request that has the right shape: parsed, bounded, and not yet compared with accounts or calendars.</summary>
/// <param name="Kind">Cash or purchase.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Quantity">Of a purchase, else null.</param>
/// <param name="Price">Of a purchase, per unit, else null.</param>
/// <param name="Timings">Configuration overlaid with the request's own timeouts.</param>
/// <param name="Source">The request as it came.</param>
public sealed record SettlementDraft(
    SettlementKind Kind,
    Money Amount,
    decimal? Quantity,
    decimal? Price,
    SettlementTimings Timings,
    CreateSettlementRequest Source);
