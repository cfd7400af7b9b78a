namespace Settlement.StarterApi.Hosting;

/// <summary>Endpoint metadata: what is refused here by a signed-in caller's mistake or attempt leaves an audit entry.</summary>
/// <param name="Action">The audit action, for example <c>create_refused</c>.</param>
public sealed record AuditRefusals(string Action);
