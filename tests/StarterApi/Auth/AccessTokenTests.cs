using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Settlement.StarterApi.Security;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Auth;

[Collection(ApiCollection.Name)]
public sealed class AccessTokenTests(ApiFixture api)
{
    [Fact]
    public async Task Request_WithoutToken_IsUnauthenticated()
    {
        using var client = await api.ClientAsync(null);
        var reply = await client.GetAsync("/settlements");
        await reply.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        reply.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task Request_TokenOfOurKey_IsTaken() =>
        (await GetAsync(Token(api.SigningKey))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Request_TokenOfThePreviousKey_IsStillTaken()
    {
        var previous = NewKey();
        await using var host = api.Host(new() { ["Auth:PreviousSigningKey"] = previous });
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(previous));
        (await client.GetAsync("/settlements")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("other key")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("other issuer")]
    [InlineData("other audience")]
    [InlineData("unsigned")]
    [InlineData("other algorithm")]
    [InlineData("tampered")]
    [InlineData("garbage")]
    public async Task Request_TokenThatIsNotOurs_IsUnauthenticated(string flaw)
    {
        var token = flaw switch
        {
            "other key" => Token(NewKey()),
            "expired" => Token(api.SigningKey, from: -3600, to: -600),
            "not yet valid" => Token(api.SigningKey, from: 600, to: 3600),
            "other issuer" => Token(api.SigningKey, issuer: "someone"),
            "other audience" => Token(api.SigningKey, audience: "something"),
            "unsigned" => Unsigned(Token(api.SigningKey)),
            "other algorithm" => Token(api.SigningKey, algorithm: SecurityAlgorithms.HmacSha512),
            "tampered" => Tampered(Token(api.SigningKey)),
            _ => "not.a.token",
        };
        await (await GetAsync(token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private async Task<HttpResponseMessage> GetAsync(string token)
    {
        using var client = await api.ClientAsync(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await client.GetAsync("/settlements");
    }

    // HS512 wants a longer key; ours is long enough for either when doubled, and the header's algorithm is what is tested.
    private static string Token(
        string key, int from = -10, int to = 600, string issuer = "settlement-starter-api", string audience = "settlement", string algorithm = SecurityAlgorithms.HmacSha256)
    {
        var bytes = Convert.FromBase64String(key);
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddSeconds(from),
            Expires = now.AddSeconds(to),
            Subject = new ClaimsIdentity([new(TokenClaims.Subject, "tester"), new(TokenClaims.Entity, TestUsers.EntityA), new(TokenClaims.Roles, Roles.Reader)]),
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(algorithm == SecurityAlgorithms.HmacSha512 ? [.. bytes, .. bytes] : bytes), algorithm),
        });
    }

    private static string Unsigned(string token)
    {
        var header = Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""));
        return $"{header}.{token.Split('.')[1]}.";
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("READER", "ADMIN", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
