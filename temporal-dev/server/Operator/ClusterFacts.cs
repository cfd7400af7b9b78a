namespace Temporalio.DevServer.Operator;

/// <summary>What the server says of itself as a cluster of one.</summary>
internal static class ClusterFacts
{
    /// <summary>The name that a cluster of its own has by default, in the real server too.</summary>
    public const string ClusterName = "active";

    /// <summary>The release of the real server whose behaviour this one has; clients switch features on by it. The suffix says that it is not that server.</summary>
    public const string ServerVersion = "1.32.0-embedded";
}
