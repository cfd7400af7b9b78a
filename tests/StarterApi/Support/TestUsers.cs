using System.Text.Json;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Tests.Support;

/// <summary>The people of the tests: one per role in entity A, some of entity B, and staff without an entity.</summary>
internal static class TestUsers
{
    public const string EntityA = "ENTITY-A";
    public const string EntityB = "ENTITY-B";
    public const string Starter = "sara";
    public const string StarterAndApprover = "sven";
    public const string Operator = "olga";
    public const string Approver = "anna";
    public const string Reader = "rita";
    public const string Finance = "fred";
    public const string StarterOfB = "bob";
    public const string OperatorOfB = "otto";
    public const string Auditor = "audrey";
    public const string Admin = "adam";
    public const string Monitor = "mona";
    public const string Homeless = "hugo";
    public const string Password = "correct horse battery staple";

    // Hashed once: hashing is slow on purpose.
    private static readonly Lazy<string> Hash = new(() => PasswordHash.Create(Password, PasswordHash.MinIterations).ToString());

    public static IReadOnlyDictionary<string, (string? Entity, string[] Roles)> All { get; } = new Dictionary<string, (string?, string[])>
    {
        [Starter] = (EntityA, [Roles.Starter]),
        [StarterAndApprover] = (EntityA, [Roles.Starter, Roles.Approver]),
        [Operator] = (EntityA, [Roles.Operator]),
        [Approver] = (EntityA, [Roles.Approver]),
        [Reader] = (EntityA, [Roles.Reader]),
        [Finance] = (EntityA, [Roles.Finance]),
        [StarterOfB] = (EntityB, [Roles.Starter]),
        [OperatorOfB] = (EntityB, [Roles.Operator]),
        [Auditor] = (null, [Roles.Auditor]),
        [Admin] = (null, [Roles.Admin]),
        [Monitor] = (null, [Roles.Monitor]),
        [Homeless] = (null, [Roles.Reader, Roles.Starter]),
    };

    public static string SeedJson() => JsonSerializer.Serialize(new
    {
        users = All.Select(user => new
        {
            username = user.Key,
            display_name = user.Key,
            entity_id = user.Value.Entity,
            roles = user.Value.Roles,
            password_hash = Hash.Value,
        }),
    });
}
