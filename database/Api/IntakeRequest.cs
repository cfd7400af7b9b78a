namespace Settlement.Database.Api;

/// <summary>A settlement to be created under an Idempotency-Key.</summary>
/// <param name="Key">The key, 8 to 64 of <c>A-Z a-z 0-9 . _ : -</c>; it is the entity's own.</param>
/// <param name="RequestHash">SHA-256 of the request's meaning, 32 bytes.</param>
/// <param name="Terms">The settlement.</param>
/// <param name="ResponseJson">What is answered now, and again to every repeat.</param>
/// <param name="MaxWait">How long to wait for an equal request that is being stored at this moment.</param>
public sealed record IntakeRequest(string Key, byte[] RequestHash, NewSettlement Terms, string ResponseJson, TimeSpan MaxWait);
