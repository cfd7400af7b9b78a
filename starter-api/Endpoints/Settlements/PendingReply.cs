namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Settlements that have not ended, in the form of the source document.</summary>
/// <param name="Data">At most 200, newest first.</param>
/// <param name="Count">How many are in <paramref name="Data"/>.</param>
/// <param name="NextCursor">Present when there are more; GET /settlements takes it as <c>cursor</c> too.</param>
public sealed record PendingReply(IReadOnlyList<SettlementReply> Data, int Count, string? NextCursor);
