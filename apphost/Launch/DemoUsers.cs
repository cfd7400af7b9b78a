namespace Settlement.AppHost.Launch;

/// <summary>
/// The local users of a run, one per role that a person plays. All share the run's random password, which stands in the run's users file,
/// readable by its owner alone.
/// </summary>
public static class DemoUsers
{
    public const string Entity = "bank-alpha";
    public const string Starter = "sam";
    public const string Operator = "olga";
    public const string Approver = "anna";
    public const string Admin = "ada";

    private static readonly (string Name, string DisplayName, string[] Roles)[] All =
    [
        (Starter, "Sam Starter", ["STARTER", "READER"]),
        (Operator, "Olga Operator", ["OPERATOR", "READER"]),
        (Approver, "Anna Approver", ["APPROVER", "READER"]),
        ("rita", "Rita Reader", ["READER"]),
        ("audrey", "Audrey Auditor", ["AUDITOR", "READER"]),
        ("finn", "Finn Finance", ["FINANCE", "READER"]),
        (Admin, "Ada Admin", ["ADMIN", "MONITOR"]),
    ];

    /// <summary>Writes the seed file that the API reads (AUTH_USERS_FILE).</summary>
    public static void Write(StateFolder state, string password)
    {
        ArgumentNullException.ThrowIfNull(state);
        var users = All.Select(u => new { Username = u.Name, u.DisplayName, EntityId = Entity, u.Roles, Password = password });
        PrivateFile.Write(state.Users, new { Users = users });
    }
}
