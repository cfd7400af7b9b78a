using Microsoft.AspNetCore.Authorization;

namespace Settlement.StarterApi.Security;

/// <summary>What an endpoint asks of its caller. The fallback asks for a signed-in caller, so that a forgotten policy is not an open door.</summary>
public static class Policies
{
    public const string Start = "start";
    public const string Operate = "operate";
    public const string Approve = "approve";
    public const string Read = "read";
    public const string Administer = "administer";

    public static void Add(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        options.AddPolicy(Start, p => p.RequireRole(Roles.Starter));
        options.AddPolicy(Operate, p => p.RequireRole(Roles.Operator));
        options.AddPolicy(Approve, p => p.RequireRole(Roles.Approver));
        options.AddPolicy(Administer, p => p.RequireRole(Roles.Admin));
        // Who may act on a settlement must be able to see it; MONITOR sees figures only.
        options.AddPolicy(Read, p => p.RequireRole(
            Roles.Reader, Roles.Starter, Roles.Operator, Roles.Approver, Roles.Auditor, Roles.Admin, Roles.Finance));
    }
}

/// <summary>Role names as they stand in tokens and in the seed file. No role implies another one, so that nobody approves by accident.</summary>
public static class Roles
{
    public const string Starter = "STARTER";
    public const string Operator = "OPERATOR";
    public const string Approver = "APPROVER";
    public const string Reader = "READER";
    public const string Auditor = "AUDITOR";
    public const string Admin = "ADMIN";
    public const string Finance = "FINANCE";
    public const string Monitor = "MONITOR";

    /// <summary>All roles; a seed file may name no other.</summary>
    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Starter, Operator, Approver, Reader, Auditor, Admin, Finance, Monitor };
}
