namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// Behaviours that hold on the dev server, but in which some answer or event differs from the real server's, with what differs. The
/// comparison skips them by name.
/// </summary>
public static class KnownDifferences
{
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
    };

    /// <summary>All of them: behaviour and what differs.</summary>
    public static IReadOnlyDictionary<string, string> All => Differences;

    /// <summary>What differs, or null where nothing is known to.</summary>
    public static string? Of(BehaviourKey key) => Differences.GetValueOrDefault(key.ToString());
}
