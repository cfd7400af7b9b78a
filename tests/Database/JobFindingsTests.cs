using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Each rule finds what it is for, and nothing else.</summary>
public sealed class JobFindingsTests : DatabaseTest
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private Bank bank = null!;
    private JobFindings findings = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
        findings = new JobFindings(DataSource);
    }

    [Fact]
    public async Task Missed_FreshSettlements_HasNone()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        (await findings.MissedAsync(Now.AddMinutes(4), Grace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Missed_RetryThatNeverCame_IsFoundUnlessAPersonWasCalled()
    {
        var id = await RolledBackAsync();
        (await RulesAsync(Now.AddSeconds(29) + Grace)).ShouldBeEmpty();
        (await RulesAsync(Now.AddSeconds(31) + Grace)).ShouldBe(["retry"]);

        await Runner.RunActionAsync(id, new StepName("flag"), Now, step =>
        {
            step.RaiseAttention(AttentionReason.RetriesExhausted, Tester, "a person must");
            return Task.FromResult(true);
        });
        (await RulesAsync(Now.AddHours(1))).ShouldBeEmpty();
        (await RulesAsync(Now.AddDays(3) + Grace + TimeSpan.FromSeconds(1))).ShouldBe(["retry_deadline", "stuck"]);
    }

    [Fact]
    public async Task Missed_TimingsOfTheRequest_AreTheOnesThatCount()
    {
        var terms = Bank.Terms() with { WorkflowInputJson = """{"timings":{"retry_delay_seconds":3600}}""" };
        await SettlementCreator.InsertAsync(DataSource, terms);
        await bank.LockAsync(terms.SettlementId);
        await bank.TransferAsync(terms.SettlementId);
        await bank.RollBackAsync(terms.SettlementId);
        (await RulesAsync(Now.AddMinutes(59) + Grace)).ShouldBeEmpty();
        (await RulesAsync(Now.AddMinutes(61) + Grace)).ShouldBe(["retry"]);
    }

    [Fact]
    public async Task Missed_BankThatNeverConfirmed_IsFound()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        (await RulesAsync(Now.AddSeconds(301) + Grace)).ShouldBe(["confirmation"]);
    }

    [Theory]
    [InlineData("due", 0)]
    [InlineData("overdue", 1)]
    [InlineData("critical", 3)]
    public async Task Missed_EscalationThatWasNotReported_IsFoundUntilItIs(string level, int days)
    {
        var id = await bank.CreateAsync();
        await Runner.RunAsync(Key(id, StepName.Schedule), Now, step =>
        {
            step.SetSchedule(new SettlementTiming(Bank.Today, Bank.Today, Now, Now, Now.AddDays(1), Now.AddDays(3), 1, 1), Tester, "scheduled");
            return Task.FromResult(true);
        });
        var after = Now.AddDays(days) + Grace + TimeSpan.FromSeconds(1);
        (await RulesAsync(after)).ShouldContain(level);
        (await findings.MissedAsync(after, Grace, withEscalations: false)).ShouldBeEmpty();

        await Runner.RunActionAsync(id, StepName.Escalate.With(level, "1"), Now.AddDays(days), step => Task.FromResult(true));
        (await RulesAsync(after)).ShouldNotContain(level);
    }

    [Fact]
    public async Task Missed_TooLongInOneState_IsFoundUntilItIsReported()
    {
        var id = await bank.CreateAsync();
        var after = Now.AddHours(48) + Grace + TimeSpan.FromSeconds(1);
        (await RulesAsync(after)).ShouldBe(["stuck"]);
        await Runner.RunActionAsync(id, StepName.Escalate.With("stuck", "1"), Now.AddHours(48), step => Task.FromResult(true));
        (await RulesAsync(after)).ShouldBeEmpty();
    }

    private async Task<List<string>> RulesAsync(DateTimeOffset asOf) => [.. (await findings.MissedAsync(asOf, Grace)).Select(finding => finding.Rule)];

    private async Task<Guid> RolledBackAsync()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.RollBackAsync(id);
        return id;
    }
}
