using System.Collections.Concurrent;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// What this test process has seen of every behaviour on every server. The suite's classes write it while they run; the comparison of
/// histories reads it afterwards.
/// </summary>
public static class SuiteLedger
{
    private static readonly ConcurrentDictionary<(string Column, BehaviourKey Key), ConcurrentQueue<BehaviourRecord>> Records = new();

    /// <summary>Adds a run. A behaviour may run more than once on a server: each run may be another of its legal courses.</summary>
    public static void Add(string column, BehaviourKey key, BehaviourRecord record) =>
        Records.GetOrAdd((column, key), _ => new()).Enqueue(record);

    /// <summary>All runs of a behaviour on a server, oldest first.</summary>
    public static IReadOnlyList<BehaviourRecord> Of(string column, BehaviourKey key) =>
        Records.TryGetValue((column, key), out var records) ? [.. records] : [];

    /// <summary>The first run of a behaviour on a server, which is the one that its test reports; null if it has not run.</summary>
    public static BehaviourRecord? First(string column, BehaviourKey key) => Of(column, key) is [var first, ..] ? first : null;
}
