using System.Net;
using System.Text.Json;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Settlements;

[Collection(ApiCollection.Name)]
public sealed class ReadTests(ApiFixture api)
{
    [Fact]
    public async Task Get_ByIdOrReference_ShowsTheTerms()
    {
        var id = await api.CreateAsync(body: Requests.Purchase());
        var byId = await GetAsync(TestUsers.Reader, $"/settlements/{id}");
        byId.GetProperty("amount").GetString().ShouldBe("1255.00");
        byId.GetProperty("quantity").GetString().ShouldBe("12.5");
        byId.GetProperty("price").GetString().ShouldBe("100.4");
        byId.GetProperty("kind").GetString().ShouldBe("purchase");
        byId.GetProperty("status").GetString().ShouldBe("pending");
        byId.GetProperty("created_by").GetString().ShouldBe(TestUsers.Starter);
        byId.GetProperty("creditor").GetProperty("name").GetString().ShouldBe("Erika Mustermann");
        byId.GetProperty("created_at").GetString()!.ShouldEndWith("Z");
        var reference = byId.GetProperty("reference").GetString();
        byId.GetProperty("workflow_id").GetString().ShouldBe("settlement-" + reference);

        var byReference = await GetAsync(TestUsers.Reader, $"/api/v1/settlements/{reference}");
        byReference.GetRawText().ShouldBe(byId.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/history")]
    [InlineData("/checkpoints")]
    [InlineData("/events")]
    public async Task Get_OfAnotherEntity_IsAsIfItWereNotThere(string part)
    {
        var id = await api.CreateAsync();
        using var stranger = await api.ClientAsync(TestUsers.OperatorOfB);
        await (await stranger.GetAsync($"/settlements/{id}{part}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var homeless = await api.ClientAsync(TestUsers.Homeless);
        (await homeless.GetAsync($"/settlements/{id}{part}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var staff in new[] { TestUsers.Auditor, TestUsers.Admin })
        {
            using var client = await api.ClientAsync(staff);
            (await client.GetAsync($"/settlements/{id}{part}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("S20261122AAAAAAAAAA")]
    [InlineData("%01%7f")]
    [InlineData("..%2F..%2Fetc")]
    public async Task Get_UnknownId_IsNotFound(string id)
    {
        using var client = await api.ClientAsync(TestUsers.Reader);
        (await client.GetAsync($"/settlements/{id}")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task History_OfANewSettlement_IsItsCreation()
    {
        var id = await api.CreateAsync();
        var entry = (await GetAsync(TestUsers.Reader, $"/settlements/{id}/history")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        entry.TryGetProperty("from_status", out _).ShouldBeFalse();
        entry.GetProperty("to_status").GetString().ShouldBe("pending");
        entry.GetProperty("actor").GetString().ShouldBe(TestUsers.Starter);
        entry.GetProperty("source").GetString().ShouldBe("api");

        (await GetAsync(TestUsers.Reader, $"/settlements/{id}/checkpoints")).GetProperty("data").GetArrayLength().ShouldBe(1);
        var happened = (await GetAsync(TestUsers.Reader, $"/settlements/{id}/events")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        happened.GetProperty("type").GetString().ShouldBe("settlement.pending");
        happened.GetProperty("payload").GetProperty("settlement_id").GetGuid().ShouldBe(id);
    }

    [Fact]
    public async Task List_InPages_ShowsEachOnceNewestFirst()
    {
        var created = new List<Guid>();
        for (var i = 0; i < 5; i++)
            created.Add(await api.CreateAsync());
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(TestUsers.Reader, "/settlements?limit=2" + (cursor is null ? "" : "&cursor=" + cursor));
            var data = page.GetProperty("data");
            data.GetArrayLength().ShouldBeInRange(1, 2);
            seen.AddRange(data.EnumerateArray().Select(item => item.GetProperty("settlement_id").GetGuid()));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && seen.Count < 10_000);

        seen.Distinct().Count().ShouldBe(seen.Count);
        seen.Take(5).ShouldBe(created.AsEnumerable().Reverse());
    }

    [Theory]
    [InlineData("status=pending", true)]
    [InlineData("status=PENDING,SETTLED", true)]
    [InlineData("status=settled", false)]
    [InlineData("account_id=A-USD-1", true)]
    [InlineData("account_id=A-JPY-1", false)]
    [InlineData("currency=USD", true)]
    [InlineData("currency=EUR", false)]
    [InlineData("entity=ENTITY-A", true)]
    [InlineData("entity=ENTITY-B", false)]
    [InlineData("needs_attention=false", true)]
    [InlineData("needs_attention=true", false)]
    [InlineData("kind=cash", true)]
    [InlineData("kind=purchase", false)]
    [InlineData("start_date=2020-01-01&end_date=2099-01-01", true)]
    [InlineData("end_date=2020-01-01", false)]
    [InlineData("start_date=2099-01-01", false)]
    public async Task List_Filtered_ShowsWhatFits(string query, bool shown)
    {
        var id = await api.CreateAsync();
        var list = await GetAsync(TestUsers.Reader, "/settlements?" + query);
        list.GetProperty("data").EnumerateArray().Any(item => item.GetProperty("settlement_id").GetGuid() == id).ShouldBe(shown);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("cursor=zzz")]
    [InlineData("cursor=1%27%20OR%201=1")]
    [InlineData("status=nonsense")]
    [InlineData("status=3")]
    [InlineData("kind=cash,purchase")]
    [InlineData("start_date=22.11.2026")]
    [InlineData("needs_attention=yes")]
    [InlineData("statsu=pending")]
    [InlineData("limit=1&limit=2")]
    public async Task List_WrongParameter_IsRefusedByName(string query)
    {
        using var client = await api.ClientAsync(TestUsers.Reader);
        var problem = await (await client.GetAsync("/settlements?" + query)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        problem.Pointers().ShouldContain("query:" + query.Split('=')[0]);
    }

    [Fact]
    public async Task Pending_InTheFormOfTheSource_CountsItsData()
    {
        var id = await api.CreateAsync();
        var pending = await GetAsync(TestUsers.Admin, "/api/v1/settlement/pending");
        pending.GetProperty("count").GetInt32().ShouldBe(pending.GetProperty("data").GetArrayLength());
        pending.GetProperty("data")[0].GetProperty("settlement_id").GetGuid().ShouldBe(id);
    }

    [Fact]
    public async Task Accounts_ShowBalancesWithinTheEntity()
    {
        var nostro = (await GetAsync(TestUsers.Reader, "/api/v1/accounts/nostro")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        nostro.GetProperty("account_id").GetString().ShouldBe("N-USD-1");
        nostro.GetProperty("bank").GetString().ShouldBe(ApiDatabase.Bank);
        nostro.GetProperty("posted").GetString().ShouldBe("5000000.00");
        (await GetAsync(TestUsers.Reader, "/api/v1/accounts/vostro")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await GetAsync(TestUsers.StarterOfB, "/api/v1/accounts/nostro")).GetProperty("data").GetArrayLength().ShouldBe(0);

        var account = await GetAsync(TestUsers.Reader, "/api/v1/accounts/A-USD-1");
        account.GetProperty("available").GetString().ShouldBe("1000000.00");
        account.GetProperty("held").GetString().ShouldBe("0.00");
        (await GetAsync(TestUsers.Reader, "/api/v1/accounts/A-USD-1?as_of=2020-01-01")).GetProperty("posted").GetString().ShouldBe("0.00");
        var entry = (await GetAsync(TestUsers.Reader, "/api/v1/accounts/A-USD-1/entries")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("amount").GetString().ShouldBe("1000000.00");

        using var stranger = await api.ClientAsync(TestUsers.StarterOfB);
        await (await stranger.GetAsync("/api/v1/accounts/A-USD-1")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await stranger.GetAsync("/api/v1/accounts/A-USD-1/entries")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private async Task<JsonElement> GetAsync(string user, string path)
    {
        using var client = await api.ClientAsync(user);
        var reply = await client.GetAsync(path);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        return await reply.JsonAsync();
    }
}
