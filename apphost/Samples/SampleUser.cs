namespace Settlement.AppHost.Samples;

/// <summary>A seeded user in whose name a run acts.</summary>
/// <param name="Name">User name.</param>
/// <param name="Password">Never printed.</param>
public sealed record SampleUser(string Name, string Password)
{
    public override string ToString() => Name;
}
