using System.Text;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Tests.Unit;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{\"bank\":\"b\",\"account\":\"a\",\"name\":\"n\",\"Name\":\"m\"}", "/Name")]
    [InlineData("{\"bank\":\"b\",\"account\":\"a\"}", "/name")]
    [InlineData("{\"bank\":1,\"account\":\"a\",\"name\":\"n\"}", "/bank")]
    [InlineData("{\"bank\":null,\"account\":\"a\",\"name\":\"n\"}", "/bank")]
    [InlineData("{\"bank\":[\"b\"],\"account\":\"a\",\"name\":\"n\"}", "/bank")]
    [InlineData("{\"bank\":\"b\",\"account\":\"a\",\"name\":\"n\",\"a/b~c\":1}", "/a~1b~0c")]
    public void Parse_WrongMember_IsNamedByItsPointer(string json, string place) =>
        Refusal(json).Errors.ShouldNotBeNull().Select(error => error.Place).ShouldBe([place]);

    [Fact]
    public void Parse_ManyUnknownMembers_NamesABoundedNumber()
    {
        var json = "{" + string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"m{i}\":0")) + "}";
        Refusal(json).Errors.ShouldNotBeNull().Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("{\"bank\":\"b\",\"bank\":\"c\",\"account\":\"a\",\"name\":\"n\"}")]
    [InlineData("{\"bank\":\"b\",\"b\\u0061nk\":\"c\",\"account\":\"a\",\"name\":\"n\"}")]
    [InlineData("{\"bank\":\"\\ud800\",\"account\":\"a\",\"name\":\"n\"}")]
    [InlineData("{\"\\ud800\":\"\",\"account\":\"a\",\"name\":\"n\"}")]
    [InlineData("{\"bank\":\"b\",\"account\":\"a\",\"name\":\"n\"} {}")]
    [InlineData("// comment\n{}")]
    [InlineData("NaN")]
    public void Parse_NotPlainJson_IsMalformed(string json) => Refusal(json).Type.ShouldBe(ProblemTypes.MalformedBody);

    [Fact]
    public void Parse_InvalidUtf8_IsMalformed() =>
        Should.Throw<ApiProblemException>(() => StrictJson.Parse<CreditorParty>(new byte[] { 0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D }, ApiJson.Options))
            .Problem.Type.ShouldBe(ProblemTypes.MalformedBody);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parse_RandomBytes_NeverEscapesAsAnotherException(int seed)
    {
        var random = new Random(seed);
        var good = Encoding.UTF8.GetBytes("{\"bank\":\"b\",\"account\":\"a\",\"name\":\"n\",\"bic\":null}");
        for (var i = 0; i < 3000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                StrictJson.Parse<CreditorParty>(bytes, ApiJson.Options).Bank.ShouldNotBeNull();
            }
            catch (ApiProblemException refused)
            {
                refused.Problem.Type.ShouldBe(ProblemTypes.MalformedBody);
            }
        }
    }

    private static ApiProblem Refusal(string json) =>
        Should.Throw<ApiProblemException>(() => StrictJson.Parse<CreditorParty>(Encoding.UTF8.GetBytes(json), ApiJson.Options)).Problem;
}
