using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Tests.Money;

/// <summary>Two hundred ask at once for money that suffices for one hundred, through every program.</summary>
public sealed class LastMoneyTests : IDisposable
{
    private const int Asked = 200;
    private const int Covered = 100;
    private const string Account = "LAST-MONEY";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("settlement-money-").FullName;

    [Fact]
    public async Task Settle_TwoHundredForTheMoneyOfOneHundred_ExactlyOneHundredSettle()
    {
        await using var environment = await PrivateEnvironment.StartAsync(folder, TemporalChoice.Resolve(null), null, CancellationToken.None);
        await environment.OpenAccountsAsync([new SampleAccount(Id: Account, Currency: "USD", OpeningBalance: $"{Covered * 10}.00", Name: "Acme Treasury")], CancellationToken.None);

        var answers = await Task.WhenAll(Enumerable.Range(0, Asked).Select(i => AskAsync(environment, i)));
        answers.ShouldAllBe(answer => answer.Taken, "every request is accepted; cover is a matter of the lock");
        await UntilAllEndedAsync(environment);

        (await CountAsync(environment, "status = 'SETTLED'")).ShouldBe(Covered);
        (await CountAsync(environment, "status = 'FAILED' AND failure = 'INSUFFICIENT_FUNDS'")).ShouldBe(Asked - Covered);
        (await environment.ScalarAsync<long>($"SELECT posted_minor FROM settlement.accounts WHERE account_number = '{Account}'", CancellationToken.None)).ShouldBe(0);
        var log = await File.ReadAllTextAsync(environment.Environment.Worker.LogFile);
        log.ShouldNotContain("40P01");
        log.ShouldNotContain("40001");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<ApiAnswer> AskAsync(PrivateEnvironment environment, int i)
    {
        var body = new JsonObject
        {
            ["kind"] = "cash",
            ["debtor_account_id"] = Account,
            ["creditor"] = new JsonObject { ["bank"] = PrivateEnvironment.BankName, ["account"] = "NW-7781", ["name"] = "Northwind Parts" },
            ["amount"] = "10.00",
            ["currency"] = "USD",
            ["rail"] = "SAMPLE-24X7",
            ["calendars"] = new JsonArray("SAMPLE-24X7"),
        };
        return await environment.Api.PostAsync(DemoUsers.Starter, "settlements", body, CancellationToken.None, FormattableString.Invariant($"last-money-{i:D4}"));
    }

    private static async Task UntilAllEndedAsync(PrivateEnvironment environment)
    {
        var until = DateTimeOffset.UtcNow + Limit;
        while (await CountAsync(environment, "status IN ('SETTLED', 'FAILED', 'CANCELLED')") < Asked)
        {
            DateTimeOffset.UtcNow.ShouldBeLessThan(until);
            await Task.Delay(250);
        }
    }

    private static Task<long> CountAsync(PrivateEnvironment environment, string which) =>
        environment.ScalarAsync<long>($"SELECT count(*) FROM settlement.settlement_transactions WHERE {which}", CancellationToken.None);
}
