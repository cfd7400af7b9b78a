namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// Behaviours that a server is known not to have, with the reason. Their tests must fail there: a gap that closes has to be struck from this
/// list.
/// </summary>
public static class KnownGaps
{
    private static readonly Dictionary<(string Column, string Behaviour), string> Reasons = [];

    /// <summary>Why a server lacks a behaviour, or null where it has it.</summary>
    public static string? Of(string column, BehaviourKey key) => Reasons.GetValueOrDefault((column, key.ToString()));
}
