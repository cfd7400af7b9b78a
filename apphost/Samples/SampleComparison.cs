using Settlement.AppHost.Launch;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>Compares what was seen of a settlement with what its file expects.</summary>
internal static class SampleComparison
{
    public static IEnumerable<string> Compare(
        SampleExpectation expect, ApiAnswer? refusal, IReadOnlyList<SampleStep> steps, SampleSnapshot? last)
    {
        if (expect.Refusal is { } expected)
            return CompareRefusal(expected, refusal);
        return refusal is not null
            ? [$"the API refused the request: {refusal}"]
            : ComparePath(expect, steps, last);
    }

    private static IEnumerable<string> CompareRefusal(SampleRefusal expected, ApiAnswer? refusal)
    {
        if (refusal is null)
        {
            yield return $"the API took the request and should have refused it with {expected.Status} {expected.Problem}";
            yield break;
        }

        if ((int)refusal.Status != expected.Status || refusal.Type != expected.Problem)
            yield return $"the API refused with {(int)refusal.Status} {refusal.Type}, expected {expected.Status} {expected.Problem}";
        if (expected.Place is { } place && !refusal.Places.Contains(place))
            yield return $"the problem names {string.Join(", ", refusal.Places.DefaultIfEmpty("no member"))}, expected {place}";
    }

    private static IEnumerable<string> ComparePath(SampleExpectation expect, IReadOnlyList<SampleStep> steps, SampleSnapshot? last)
    {
        var path = steps.Select(step => step.Status).ToArray();
        if (!path.SequenceEqual(expect.Path))
            yield return $"went {Join(path)}, expected {Join(expect.Path)}";
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i].At < steps[i - 1].At)
                yield return $"{UpperSnake.Of(steps[i].Status)} is dated before {UpperSnake.Of(steps[i - 1].Status)}";
        }

        if (last is { NeedsAttention: true } && last.Status.IsTerminal())
            yield return $"has ended and still needs attention ({last.AttentionReason})";
        if (expect.Failure is { } failure && failure != last?.Failure)
            yield return $"failed for {last?.Failure ?? "no reason"}, expected {failure}";
    }

    private static string Join(IEnumerable<SettlementStatus> path) => string.Join(" → ", path.Select(UpperSnake.Of));
}
