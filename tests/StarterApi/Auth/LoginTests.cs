using System.Net;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Auth;

[Collection(ApiCollection.Name)]
public sealed class LoginTests(ApiFixture api)
{
    [Theory]
    [InlineData("username")]
    [InlineData("email")]
    public async Task Login_RightPassword_GivesTokens(string member)
    {
        using var client = await api.ClientAsync(null);
        var reply = await client.PostJsonAsync("/api/v1/auth/login", new Dictionary<string, string> { [member] = TestUsers.Reader, ["password"] = TestUsers.Password });

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await reply.JsonAsync();
        body.GetProperty("token_type").GetString().ShouldBe("Bearer");
        body.GetProperty("expires_in").GetInt32().ShouldBe(600);
        client.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("access_token").GetString());
        (await client.GetAsync("/settlements")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("rita", "wrong password here")]
    [InlineData("nobody", "correct horse battery staple")]
    [InlineData("", "")]
    public async Task Login_WrongNameOrPassword_GetsOneAndTheSameAnswer(string name, string password)
    {
        using var client = await api.ClientAsync(null);
        var problem = await (await client.PostJsonAsync("/api/v1/auth/login", new { username = name, password }))
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "login-refused");
        problem.TryGetProperty("detail", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Login_NeitherOrBothNames_IsRefused()
    {
        using var client = await api.ClientAsync(null);
        await (await client.PostJsonAsync("/api/v1/auth/login", new { password = "x" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-body");
        await (await client.PostJsonAsync("/api/v1/auth/login", new { username = "a", email = "b", password = "x" }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-body");
    }

    [Fact]
    public async Task Login_TriedTooOftenForOneName_IsSlowedDown()
    {
        await using var host = api.Host(new() { ["Api:LoginsPerMinute"] = "3" });
        using var client = host.CreateClient();
        var replies = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++)
            replies.Add(await client.PostJsonAsync("/api/v1/auth/login", new { username = "victim", password = "guess " + i }));

        replies[0].StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await replies[^1].ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        replies[^1].Headers.RetryAfter.ShouldNotBeNull();
        // Others can still sign in.
        (await client.PostJsonAsync("/api/v1/auth/login", new { username = TestUsers.Reader, password = TestUsers.Password })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_RotatesTheToken()
    {
        using var client = await api.ClientAsync(null);
        var first = await LoginAsync(client);

        var second = await RefreshAsync(client, first);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var next = (await second.JsonAsync()).GetProperty("refresh_token").GetString()!;
        next.ShouldNotBe(first);
        (await RefreshAsync(client, next)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_UsedTokenShownAgain_RevokesTheWholeFamily()
    {
        using var client = await api.ClientAsync(null);
        var first = await LoginAsync(client);
        var next = (await (await RefreshAsync(client, first)).JsonAsync()).GetProperty("refresh_token").GetString()!;

        await (await RefreshAsync(client, first)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "refresh-refused");
        await (await RefreshAsync(client, next)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "refresh-refused");
    }

    [Fact]
    public async Task Refresh_TwoAtOnce_OneWins()
    {
        using var client = await api.ClientAsync(null);
        var token = await LoginAsync(client);
        var replies = await Task.WhenAll(RefreshAsync(client, token), RefreshAsync(client, token));
        replies.Count(reply => reply.StatusCode == HttpStatusCode.OK).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rt_0000")]
    [InlineData("' OR 1=1 --")]
    public async Task Refresh_UnknownToken_IsRefused(string token)
    {
        using var client = await api.ClientAsync(null);
        await (await RefreshAsync(client, token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "refresh-refused");
    }

    [Fact]
    public async Task Refresh_ExpiredFamily_IsRefused()
    {
        using var client = await api.ClientAsync(null);
        var token = await LoginAsync(client);
        await using (var age = api.Database.CreateCommand("UPDATE settlement.api_refresh_tokens SET expires_at = clock_timestamp() - interval '1 second' WHERE used_at IS NULL"))
            await age.ExecuteNonQueryAsync();
        await (await RefreshAsync(client, token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "refresh-refused");
    }

    [Fact]
    public async Task Login_NeverStoresATokenInClear()
    {
        using var client = await api.ClientAsync(null);
        var token = await LoginAsync(client);
        (await api.CountAsync("SELECT count(*) FROM settlement.api_refresh_tokens t WHERE t::text LIKE '%' || $1 || '%'", token)).ShouldBe(0);
        (await api.CountAsync("SELECT count(*) FROM settlement.api_refresh_tokens WHERE token_hash = sha256(convert_to($1, 'UTF8'))", token)).ShouldBe(1);
    }

    private static async Task<string> LoginAsync(HttpClient client)
    {
        var reply = await client.PostJsonAsync("/api/v1/auth/login", new { username = TestUsers.Reader, password = TestUsers.Password });
        return (await reply.JsonAsync()).GetProperty("refresh_token").GetString()!;
    }

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient client, string token) =>
        client.PostJsonAsync("/api/v1/auth/refresh", new { refresh_token = token });
}
