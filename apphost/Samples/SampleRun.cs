using System.Diagnostics;
using System.Globalization;
using System.Net;
using Settlement.AppHost.Launch;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>One run of one sample: sets the scene, sends the request, plays the operators, and compares the end.</summary>
internal sealed class SampleRun(Sample sample, SampleApi api, SampleBankDesk bank, SampleOperators operators, ISamplePace pace)
{
    /// <summary>How long an operator tries again what is refused, before it counts as refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SampleNames names = new();
    private readonly List<string> faults = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private IReadOnlyList<SampleStep> steps = [];
    private SampleSnapshot? last;
    private ApiAnswer? refusal;
    private Guid? id;
    private string? reference;
    private int acted;

    private string Creditor => names.Of(sample.Request.Creditor.Account);

    /// <summary>What it was waiting for, for a message about a run that did not end.</summary>
    public string Waiting => acted < sample.Operator.Count
        ? $"it is {Describe(last)} and operator step {acted + 1} waits for {UpperSnake.Of(sample.Operator[acted].When.Status)}"
        : $"it is {Describe(last)}";

    public void AddFault(string fault) => faults.Add(fault);

    /// <summary>Opens accounts on both sides and scripts the bank.</summary>
    public async Task SetSceneAsync(SampleAccounts accounts, CancellationToken cancellationToken)
    {
        var own = sample.Accounts.Select(account => account with { Id = names.Of(account.Id), Name = account.Name ?? account.Id }).ToArray();
        await accounts.OpenAsync(own, DemoUsers.Entity, Programs.BankName, cancellationToken);
        foreach (var account in sample.BankAccounts)
            await bank.OpenAccountAsync(names.Of(account.Id), account, cancellationToken);
        if (sample.Bank is { } script)
            await bank.ScriptAsync(Creditor, script, cancellationToken);
    }

    /// <summary>Sends the request and plays the operators until the settlement has ended.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        var body = SampleRequestBody.Build(sample.Request, names, Programs.BankName, DateTimeOffset.UtcNow);
        var answer = await api.CreateAsync(body, names.Of(sample.Name), cancellationToken);
        if (answer.Status != HttpStatusCode.Accepted)
        {
            refusal = answer;
            return;
        }

        (id, reference) = (Guid.Parse(answer.Member("settlement_id")), answer.Member("reference"));
        await WatchAsync(cancellationToken);
    }

    /// <summary>Reads what remains to be seen and compares everything with the expectation.</summary>
    public async Task LookBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            if (id is { } settlement)
                steps = await api.GetHistoryAsync(settlement, limit.Token);
            faults.AddRange(SampleComparison.Compare(sample.Expect, refusal, steps, last));
            await CompareBankAsync(limit.Token);
            await CompareBalancesAsync(limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddFault("the end cannot be looked at: " + error.Message);
        }
    }

    public SampleResult ToResult(TimeSpan duration) => new()
    {
        Sample = sample,
        Steps = steps,
        Faults = faults,
        Duration = duration,
        End = refusal is not null ? $"refused: {refusal}" : Describe(last),
    };

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var conditionSince = TimeSpan.MaxValue;
        while (true)
        {
            var seen = await api.GetAsync(id!.Value, cancellationToken);
            last = seen;
            if (acted < sample.Operator.Count && Holds(sample.Operator[acted].When, seen))
            {
                conditionSince = conditionSince < watch.Elapsed ? conditionSince : watch.Elapsed;
                if ((watch.Elapsed - conditionSince).TotalSeconds >= sample.Operator[acted].When.AfterSeconds)
                {
                    await PerformAsync(sample.Operator[acted], cancellationToken);
                    acted++;
                    conditionSince = TimeSpan.MaxValue;
                    continue;
                }
            }
            else
            {
                conditionSince = TimeSpan.MaxValue;
                if (seen.Status.IsTerminal())
                    break;
            }

            await pace.PassAsync(seen.Status, cancellationToken);
        }

        if (acted < sample.Operator.Count)
            AddFault($"ended before operator step {acted + 1} ({sample.Operator[acted].Do}) was due");
    }

    private static bool Holds(SampleCondition when, SampleSnapshot seen) =>
        seen.Status == when.Status
        && (when.NeedsAttention is null || when.NeedsAttention == seen.NeedsAttention)
        && (when.AttentionReason is null || when.AttentionReason == seen.AttentionReason);

    private async Task PerformAsync(SampleAction action, CancellationToken cancellationToken)
    {
        var refused = await TryAsync(action, cancellationToken);
        var name = UpperSnake.Lower(action.Do);
        if (refused is not null && action.Expect == SampleAnswer.Accepted)
            AddFault($"operator step {acted + 1} ({name}) was refused: {refused}");
        if (refused is null && action.Expect == SampleAnswer.Refused)
            AddFault($"operator step {acted + 1} ({name}) was taken and should have been refused");
    }

    /// <summary>
    /// The API shows a state as soon as it is committed, a moment before the workflow has heard of it. An operator who is refused in
    /// that moment tries again, and so does this one, for a while.
    /// </summary>
    private async Task<string?> TryAsync(SampleAction action, CancellationToken cancellationToken)
    {
        var began = watch.Elapsed;
        while (true)
        {
            var refused = await operators.DoAsync(action, id!.Value, reference!, Creditor, cancellationToken);
            if (refused is null || action.Expect == SampleAnswer.Refused || watch.Elapsed - began > Patience)
                return refused;
            await Task.Delay(RealPace.Interval, cancellationToken);
        }
    }

    private async Task CompareBankAsync(CancellationToken cancellationToken)
    {
        if (sample.Expect is { BankInstructions: null, BankExecutions: null })
            return;
        var payments = await bank.PaymentsAsync(Creditor, cancellationToken);
        if (sample.Expect.BankInstructions is { } instructions && instructions != payments.Count)
            AddFault($"the bank has {payments.Count} instructions on its books, expected {instructions}");
        var executions = payments.Sum(payment => payment.Executions);
        if (sample.Expect.BankExecutions is { } expected && expected != executions)
            AddFault($"the bank has executed {executions} times, expected {expected}");
    }

    private async Task CompareBalancesAsync(CancellationToken cancellationToken)
    {
        foreach (var expected in sample.Expect.Balances)
        {
            var currency = Currency.Of(sample.Accounts.First(account => account.Id == expected.Account).Currency);
            var (posted, held) = await api.GetBalanceAsync(names.Of(expected.Account), cancellationToken);
            if (Money.Parse(posted, currency) != Money.Parse(expected.Posted, currency) || Money.Parse(held, currency) != Money.Parse(expected.Held, currency))
                AddFault($"{expected.Account} has {posted} posted and {held} held, expected {expected.Posted} and {expected.Held}");
        }
    }

    private static string Describe(SampleSnapshot? snapshot)
    {
        if (snapshot is null)
            return "not started";
        var attention = snapshot.NeedsAttention ? $", needs attention ({snapshot.AttentionReason ?? "no reason"})" : "";
        var failure = snapshot.Failure is { } reason ? $", {reason}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{UpperSnake.Of(snapshot.Status)}{failure}{attention}");
    }
}
