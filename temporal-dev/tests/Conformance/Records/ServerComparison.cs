using System.Collections.Concurrent;
using System.Text;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// Holds what the dev server did in a behaviour against what the real one did. Some behaviours have several legal courses (a signal may come
/// before or during a task): such a one is run again on both, and some course of the one must be a course of the other.
/// Where an SDK's worker takes the tasks, how many there are may differ in the end, but nothing else.
/// </summary>
internal static class ServerComparison
{
    private const int MostRuns = 4;

    private static readonly ConcurrentDictionary<BehaviourKey, Lazy<Task<Verdict>>> Verdicts = new();

    /// <summary>What came of one comparison.</summary>
    /// <param name="Difference">The difference, readable; null if there is none.</param>
    /// <param name="Runs">How often each server ran it.</param>
    /// <param name="Compared">How many histories and answers were held against each other.</param>
    /// <param name="ByEssence">Whether they are the same only without how many workflow tasks there were and in which order independent events came.</param>
    internal sealed record Verdict(string? Difference, int Runs, int Compared, bool ByEssence = false);

    /// <summary>Compares, once for each behaviour; runs it first where it has not run yet.</summary>
    public static Task<Verdict> OfAsync(BehaviourKey key) => Verdicts.GetOrAdd(key, k => new(() => CompareAsync(k))).Value;

    private static async Task<Verdict> CompareAsync(BehaviourKey key)
    {
        for (var run = 1; ; run++)
        {
            var real = await RunsAsync<RealConformanceServer>(typeof(RealServerConformanceTests), key, run);
            var dev = await RunsAsync<DevConformanceServer>(typeof(DevServerConformanceTests), key, run);
            if (real.Concat(dev).FirstOrDefault(r => !r.Passed) is { } failed)
            {
                return new($"it failed on the {(real.Contains(failed) ? RealConformanceServer.Name : DevConformanceServer.Name)}: {failed.Failure}", run, 0);
            }
            if (real.Any(r => dev.Any(d => SameEssence(r, d))))
            {
                return new(null, run, real[0].Observations.Count, ByEssence: !real.Any(r => dev.Any(d => Same(r, d))));
            }
            if (run == MostRuns)
            {
                return new(Describe(real[0], dev[0]), run, real[0].Observations.Count);
            }
        }
    }

    private static async Task<IReadOnlyList<BehaviourRecord>> RunsAsync<TServer>(Type inheritors, BehaviourKey key, int wanted)
        where TServer : ConformanceServer, new()
    {
        var server = new TServer();
        while (SuiteLedger.Of(server.Column, key).Count < wanted)
        {
            await server.InitializeAsync();
            await SuiteCatalogue.RunAsync(inheritors, server, key);
        }
        return SuiteLedger.Of(server.Column, key);
    }

    private static bool Same(BehaviourRecord left, BehaviourRecord right) =>
        left.Observations.Select(o => (o.Name, o.Text)).SequenceEqual(right.Observations.Select(o => (o.Name, o.Text)));

    private static bool SameEssence(BehaviourRecord left, BehaviourRecord right) =>
        left.Observations.Select(o => (o.Name, o.Essence)).SequenceEqual(right.Observations.Select(o => (o.Name, o.Essence)));

    private static string Describe(BehaviourRecord real, BehaviourRecord dev)
    {
        var text = new StringBuilder("- real server, + dev server\n");
        for (var i = 0; i < Math.Max(real.Observations.Count, dev.Observations.Count); i++)
        {
            var (left, right) = (real.Observations.ElementAtOrDefault(i), dev.Observations.ElementAtOrDefault(i));
            if (left?.Essence != right?.Essence)
            {
                text.Append("== ").Append(left?.Name ?? "(nothing)").Append(" | ").Append(right?.Name ?? "(nothing)").Append('\n')
                    .Append(TextDifference.Of(left?.Essence ?? string.Empty, right?.Essence ?? string.Empty));
            }
        }
        return text.ToString();
    }
}
