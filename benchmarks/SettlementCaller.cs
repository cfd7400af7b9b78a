using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;

namespace Settlement.Benchmarks;

/// <summary>
/// An outside caller of the API who pays one dollar at a time, from accounts of his own in turn: they hold more than any round can spend, and no one
/// of them is all that the load waits for.
/// </summary>
internal sealed class SettlementCaller : IDisposable
{
    /// <summary>As the wire names things, here and at the bank.</summary>
    public static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const int Accounts = 20;
    private const string Currency = "USD";
    private static readonly string[] Calendars = ["SAMPLE-24X7"];
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(100);

    private readonly ApiClient api;
    private readonly string prefix;
    private readonly string creditor;
    private readonly object? timeouts;

    private SettlementCaller(ApiClient api, string prefix, string creditor, object? timeouts)
    {
        this.api = api;
        this.prefix = $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}";
        this.creditor = creditor;
        this.timeouts = timeouts;
    }

    /// <summary>Opens the payers' accounts.</summary>
    /// <param name="environment">Where.</param>
    /// <param name="database">The environment's database, by a user who may write accounts.</param>
    /// <param name="prefix">What the accounts' numbers begin with.</param>
    /// <param name="creditor">Account number at the bank that is paid.</param>
    /// <param name="timeouts">The requests' <c>timeouts</c> (docs/api.md), or null for the usual ones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SettlementCaller> CreateAsync(
        SettlementEnvironment environment, NpgsqlDataSource database, string prefix, string creditor, object? timeouts, CancellationToken cancellationToken)
    {
        var caller = new SettlementCaller(new ApiClient(environment.ApiAddress, environment.Secrets.UserPassword, AnswerLimit), prefix, creditor, timeouts);
        await EnvironmentSamples.PublishScreeningListAsync(database, cancellationToken);
        var accounts = Enumerable.Range(0, Accounts).Select(i => new SampleAccount(Id: caller.Account(i), Currency: Currency, OpeningBalance: "10000000.00", Name: "Benchmark payer"));
        await new SampleAccounts(database, TimeProvider.System).OpenAsync([.. accounts], DemoUsers.Entity, EnvironmentSamples.BankName, cancellationToken);
        return caller;
    }

    /// <summary>Asks for the <paramref name="i"/>th settlement of a round; its reference.</summary>
    /// <exception cref="InvalidOperationException">The API did not take it.</exception>
    public async Task<string> PostAsync(int i, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToNode(
            new
            {
                Kind = "cash",
                DebtorAccountId = Account(i % Accounts),
                Creditor = new { Account = creditor, Name = "Northwind Parts", Country = "US", Bank = EnvironmentSamples.BankName },
                Amount = "1.00",
                Currency,
                Rail = "SAMPLE-24X7",
                Calendars,
                Timeouts = timeouts,
            },
            Snake)!;
        var answer = await api.PostAsync(DemoUsers.Starter, "settlements", body, cancellationToken, Guid.NewGuid().ToString());
        return answer.Status == HttpStatusCode.Accepted ? answer.Member("reference") : throw new InvalidOperationException($"POST /settlements answered {answer}");
    }

    public void Dispose() => api.Dispose();

    private string Account(int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
}
