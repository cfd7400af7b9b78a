using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>What a schema cannot say: names that must exist, states that must follow each other.</summary>
internal static class SampleRules
{
    public static IEnumerable<SampleFault> Check(string file, Sample sample) =>
        Accounts(sample).Concat(Operators(sample)).Concat(Expectation(sample)).Select(fault => new SampleFault(file, fault.Path, fault.Reason));

    private static IEnumerable<(string Path, string Reason)> Accounts(Sample sample)
    {
        for (var i = 0; i < sample.Accounts.Count; i++)
        {
            var account = sample.Accounts[i];
            if (sample.Accounts.Take(i).Any(earlier => earlier.Id == account.Id))
                yield return ($"$.accounts[{i}].id", "is used twice");
            if (!Currency.TryGet(account.Currency, out var currency))
                yield return ($"$.accounts[{i}].currency", "is no active ISO 4217 code");
            else if (!Money.TryParse(account.OpeningBalance, currency, out _, out _) || !Money.TryParse(account.Floor, currency, out _, out _))
                yield return ($"$.accounts[{i}]", $"opening_balance and floor must be amounts of {currency.Code}");
        }

        for (var i = 0; i < sample.Expect.Balances.Count; i++)
        {
            if (sample.Accounts.All(account => account.Id != sample.Expect.Balances[i].Account))
                yield return ($"$.expect.balances[{i}].account", "is no account of this file");
        }
    }

    private static IEnumerable<(string Path, string Reason)> Operators(Sample sample)
    {
        for (var i = 0; i < sample.Operator.Count; i++)
        {
            var action = sample.Operator[i];
            var path = $"$.operator[{i}]";
            if (action.Do == SampleActionKind.Resolve && (action.Outcome is null || action.Evidence is null))
                yield return (path, "resolve needs outcome and evidence");
            if (action.Do == SampleActionKind.ScriptBank && action.Bank is null)
                yield return (path, "script_bank needs bank");
            if (action.Do == SampleActionKind.DecideAtBank && action.Decision is null)
                yield return (path, "decide_at_bank needs decision");
            if (action is { By: SampleChannel.Workflow, Do: SampleActionKind.ScriptBank or SampleActionKind.DecideAtBank })
                yield return (path + ".by", "the bank is not reached through a workflow");
            if (sample.Expect.Refusal is null && !sample.Expect.Path.Contains(action.When.Status))
                yield return (path + ".when.status", "is not on the expected path, so it would never happen");
        }
    }

    private static IEnumerable<(string Path, string Reason)> Expectation(Sample sample)
    {
        var path = sample.Expect.Path;
        if (sample.Expect.Refusal is not null)
        {
            if (sample.Operator.Count > 0)
                yield return ("$.operator", "nothing is started, so nobody can act");
            yield break;
        }

        if (path[0] != SettlementStatus.Pending)
        {
            yield return ("$.expect.path[0]", "must be PENDING");
            yield break;
        }

        var kind = sample.Request.Kind == "purchase" ? SettlementKind.Purchase : SettlementKind.Cash;
        var broken = Enumerable.Range(1, path.Count - 1).FirstOrDefault(i => !SettlementTransitions.IsAllowed(kind, path[i - 1], path[i]));
        if (broken > 0)
            yield return ($"$.expect.path[{broken}]", $"{UpperSnake.Of(path[broken])} cannot follow {UpperSnake.Of(path[broken - 1])}");

        if (!path[^1].IsTerminal())
            yield return ($"$.expect.path[{path.Count - 1}]", "must be SETTLED, FAILED or CANCELLED");
    }
}
