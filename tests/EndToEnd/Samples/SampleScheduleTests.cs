using Settlement.Activities.Lifecycle;
using Settlement.AppHost.Samples;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>
/// Every committed sample at every awkward instant: the request as a run builds it, the settlement as the API assembles it, the schedule
/// as the validate step writes it.
/// </summary>
public sealed class SampleScheduleTests(SampleClockBooks environment) : IClassFixture<SampleClockBooks>
{
    /// <summary>Moments are looked for from here: any past or future start gives the same answers, and a fixed one the same test.</summary>
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Moments { get; } = new(BusinessMoments.Names);

    [Fact]
    public async Task Moments_AreTheInstantsThatTheCalendarOf2026Has()
    {
        var found = new Dictionary<string, DateTimeOffset>();
        foreach (var name in BusinessMoments.Names)
            found[name] = await environment.NextAsync(name, Start);

        found[BusinessMoments.SaturdayUtc].ShouldBe(Utc(1, 10, 3, 0));
        found[BusinessMoments.SaturdayBerlin].ShouldBe(Utc(1, 10, 2, 0));
        found[BusinessMoments.SampleCutOff].ShouldBe(Utc(1, 7, 0, 0));
        found[BusinessMoments.FedwireCutOff].ShouldBe(Utc(1, 6, 23, 45));
        found[BusinessMoments.T2CutOff].ShouldBe(Utc(1, 6, 16, 0));
        found[BusinessMoments.YearEnd].ShouldBe(Utc(12, 31, 23, 59).AddSeconds(59));
        found[BusinessMoments.SpringBerlin].ShouldBe(Utc(3, 29, 1, 0));
        found[BusinessMoments.AutumnBerlin].ShouldBe(Utc(10, 25, 1, 0));
        found[BusinessMoments.SpringNewYork].ShouldBe(Utc(3, 8, 7, 0));
        found[BusinessMoments.AutumnNewYork].ShouldBe(Utc(11, 1, 6, 0));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Validate_EverySample_IsScheduledAsItsFileSays(string moment)
    {
        var at = await environment.NextAsync(moment, Start);
        var checks = environment.Samples.Select(async sample => (await FaultsAsync(sample, at)).Select(fault => $"{sample.Name} at {at:u}: {fault}"));

        (await Task.WhenAll(checks)).SelectMany(fault => fault).ShouldBeEmpty();
        environment.Samples.Count(sample => sample.Expect.Refusal is null).ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    public async Task Validate_RequestOfLastSecondArrivesInTheNewYear_StillGoesOutAtOnce()
    {
        var built = await environment.NextAsync(BusinessMoments.YearEnd, Start);
        var received = built.AddSeconds(1);
        foreach (var sample in environment.Samples.Where(one => one.Expect.Path is [.., SettlementStatus.Settled]))
        {
            var assembled = await environment.AssembleAsync(sample, built, received);
            await environment.InsertAsync(assembled.Settlement.ShouldNotBeNull(sample.Name));

            var verdict = await ValidateAsync(assembled, received);

            verdict.Failure.ShouldBeNull(sample.Name);
            verdict.ApprovalRequired.ShouldBeFalse(sample.Name);
            verdict.Status.ShouldBe(SettlementStatus.Pending, sample.Name);
            verdict.ReleaseAt.ShouldBe(received, sample.Name);
        }
    }

    private async Task<IEnumerable<string>> FaultsAsync(Sample sample, DateTimeOffset at)
    {
        var assembled = await environment.AssembleAsync(sample, at);
        if (sample.Expect.Refusal is not null)
            return assembled.Settlement is null && assembled.Errors.Any ? [] : ["the API took it and should have refused it"];
        if (assembled.Settlement is not { } settlement)
            return ["the API refused it: " + string.Join(", ", assembled.Errors.All)];
        await environment.InsertAsync(settlement);
        var verdict = await ValidateAsync(assembled, at);
        return verdict.Failure is { } failure
            ? Differences(("failure", UpperSnake.Of(failure), sample.Expect.Failure ?? "none"), ("status", verdict.Status, sample.Expect.Path[1]))
            : await ScheduleAsync(assembled, verdict, at);
    }

    /// <summary>On SAMPLE-24X7 every day of UTC is a business day, so what is right can be said without a calendar.</summary>
    private async Task<IEnumerable<string>> ScheduleAsync(AssembledSample assembled, ValidationResult verdict, DateTimeOffset at)
    {
        var sample = assembled.Sample;
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var tradeDate = today.AddDays(sample.Request.TradeDate?.BusinessDays ?? 0);
        var daysToSettle = sample.Request.Kind == "purchase" ? 3 : 0;
        var valueDate = sample.Request.ValueDate is { } stated ? today.AddDays(stated.BusinessDays) : tradeDate.AddDays(daysToSettle);
        var due = Midnight(valueDate.AddDays(1));
        var waits = valueDate > today;
        var row = await environment.RowAsync(assembled.Settlement!.Terms.SettlementId);
        return Differences(
            ("expected path", sample.Expect.Path[1] == SettlementStatus.Scheduled, waits),
            ("status", verdict.Status, waits ? SettlementStatus.Scheduled : SettlementStatus.Pending),
            ("approval", verdict.ApprovalRequired, false),
            ("release", verdict.ReleaseAt, waits ? Midnight(valueDate) : at),
            ("promised date", assembled.Settlement.Response.ExpectedSettlementDate, valueDate),
            ("trade date", row.TradeDate, tradeDate),
            ("value date", row.ValueDate, valueDate),
            ("due", row.DueAt, due),
            ("warning", row.WarningAt, due.AddDays(1)),
            ("critical", row.CriticalAt, due.AddDays(3)));
    }

    private Task<ValidationResult> ValidateAsync(AssembledSample assembled, DateTimeOffset asOf) =>
        environment.Get<LifecycleActivities>().ValidateAsync(
            new ValidateInput { SettlementId = assembled.Settlement!.Terms.SettlementId, Attempt = 1, AsOf = asOf });

    private static IEnumerable<string> Differences(params (string Fact, object? Seen, object? Right)[] facts) =>
        facts.Where(fact => !Equals(fact.Seen, fact.Right)).Select(fact => $"{fact.Fact} is {fact.Seen ?? "none"} and should be {fact.Right}");

    private static DateTimeOffset Midnight(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    private static DateTimeOffset Utc(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
