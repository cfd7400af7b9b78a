using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Settlement.Database;
using Settlement.Domain;
using Temporalio.Api.TestService.V1;
using Temporalio.Client;

namespace Settlement.Drills.Environments;

/// <summary>
/// The clock of an environment whose Temporal server skips time: business time is the server's, so that a day of it takes as long as the work that
/// falls due in it. The bank's business clock is set after it.
/// </summary>
internal sealed class SkippedClock(PrivateEnvironment environment)
{
    /// <summary>Business time now.</summary>
    public async Task<DateTimeOffset> NowAsync() => (await environment.Temporal.Connection.TestService.GetCurrentTimeAsync(new Empty())).Time.ToDateTimeOffset();

    /// <summary>Lets this much business time pass; whatever falls due meanwhile is done in its order.</summary>
    public async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        // As long as the work that falls due takes, on a machine that may have other things to do.
        var options = new RpcOptions { Timeout = TimeSpan.FromMinutes(5), CancellationToken = cancellationToken };
        await environment.Temporal.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new SleepRequest { Duration = time.ToDuration() }, options);
    }

    /// <summary>Sets the bank's business clock to the server's.</summary>
    public async Task SetBankAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = environment.Bank.Address };
        using var set = await http.PutAsJsonAsync("clock", new { now = await NowAsync() }, cancellationToken);
        set.EnsureSuccessStatusCode();
    }

    /// <summary>Publishes the screening list of the business day: validation refuses one that is older.</summary>
    public async Task PublishScreeningListAsync(CancellationToken cancellationToken) =>
        await new ReferenceDataWriter(environment.Database).PublishScreeningListAsync(
            ["SANCTIONED TRADING LLC"], [], ["XX"], "list of the new day", new Actor("drill", ActorSource.Migration), await NowAsync(), cancellationToken);
}
