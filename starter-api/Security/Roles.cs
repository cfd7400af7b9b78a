namespace Settlement.StarterApi.Security;

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
