namespace Settlement.StarterApi.Security;

/// <summary>Claim names of access tokens; an external issuer must send the same.</summary>
public static class TokenClaims
{
    public const string Subject = "sub";
    public const string Entity = "entity_id";
    public const string Roles = "roles";
}
