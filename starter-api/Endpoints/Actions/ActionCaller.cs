namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>What the API adds to every update by itself: a caller cannot state these.</summary>
/// <param name="Operator">The signed-in user.</param>
/// <param name="RequestId">The Idempotency-Key, or else the request's own id; a repeat gets the first answer.</param>
/// <param name="Source">Always <c>api</c>.</param>
public sealed record ActionCaller(string Operator, string RequestId, string Source = "api");
