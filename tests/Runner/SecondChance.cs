namespace Settlement.Tests.Runner;

/// <summary>
/// Runs the few tests that failed once more, alone, and a part whose process hung or broke once more, whole. On two cores under load a test
/// of real processes can be starved; a defect fails again. What passes the second time is printed as unstable with its first failure: it is
/// seen, and somebody's work, but does not stop the line (docs/adr/0009). More than a few failures, or a second broken part, are never excused.
/// </summary>
internal sealed class SecondChance
{
    private const int MostInOneRun = 3;
    private int used;
    private bool usedForAPart;

    /// <param name="result">What the part reported.</param>
    /// <param name="again">Runs the tests that a filter of <c>dotnet test</c> names; null: all of the part.</param>
    public async Task<PartResult> GiveAsync(PartResult result, Func<string?, Task<PartResult>> again)
    {
        if (result.IsBroken)
            return await RepeatAsync(result, again);
        var names = result.Failures.Select(f => f.Test).ToList();
        if (names.Count == 0 || used + names.Count > MostInOneRun)
            return result;
        used += names.Count;
        var methods = names.Select(Method).Distinct(StringComparer.Ordinal);
        var second = await again(string.Join('|', methods.Select(m => $"FullyQualifiedName={m}")));
        if (second.Passed == 0)
            return result;
        var still = second.Failures.Concat(second.Skips).Select(f => f.Test).ToHashSet(StringComparer.Ordinal);
        var unstable = result.Failures.Where(f => !still.Contains(f.Test)).ToList();
        return result with
        {
            Passed = result.Passed + unstable.Count,
            Failures = [.. result.Failures.Except(unstable)],
            Unstable = unstable,
        };
    }

    /// <summary>Not all tests of a broken part have run: only the whole part again says how they end.</summary>
    private async Task<PartResult> RepeatAsync(PartResult broken, Func<string?, Task<PartResult>> again)
    {
        if (usedForAPart)
            return broken;
        usedForAPart = true;
        var second = await GiveAsync(await again(null), again);
        return second with { Unstable = [.. broken.Failures, .. second.Unstable] };
    }

    /// <summary>A case of a theory is named by its method and arguments; a filter knows methods.</summary>
    private static string Method(string test) => test.Split('(')[0];
}
