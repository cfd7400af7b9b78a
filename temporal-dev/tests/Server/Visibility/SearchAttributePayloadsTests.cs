using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Payloads to values and back. What is accepted and every message were seen on the real server 1.32.</summary>
public sealed class SearchAttributePayloadsTests
{
    private static readonly SearchAttributeRegistry Registry = SearchAttributeRegistry.Empty
        .With("K", IndexedValueType.Keyword).With("T", IndexedValueType.Text).With("I", IndexedValueType.Int).With("D", IndexedValueType.Double)
        .With("B", IndexedValueType.Bool).With("W", IndexedValueType.Datetime).With("L", IndexedValueType.KeywordList);

    [Theory]
    [InlineData("K", "5", "invalid value for search attribute K of type Keyword: 5")]
    [InlineData("K", "[\"a\",\"b\"]", "invalid value for search attribute K of type Keyword: [a b]")]
    [InlineData("K", "{\"b\":1,\"a\":null}", "invalid value for search attribute K of type Keyword: map[a:<nil> b:1]")]
    [InlineData("K", "xx", "invalid value for search attribute K of type Keyword: value from <metadata:{key:\"encoding\"  value:\"json/plain\"}  data:\"xx\">")]
    [InlineData("I", "\"5\"", "invalid value for search attribute I of type Int: 5")]
    [InlineData("I", "5.5", "invalid value for search attribute I of type Int: 5.5")]
    [InlineData("I", "5e3", "invalid value for search attribute I of type Int: 5000")]
    [InlineData("I", "99999999999999999999", "invalid value for search attribute I of type Int: 1e+20")]
    [InlineData("I", "12345678901234567890", "invalid value for search attribute I of type Int: 1.2345678901234567e+19")]
    [InlineData("I", "123456789.5", "invalid value for search attribute I of type Int: 1.234567895e+08")]
    [InlineData("I", "0.00001", "invalid value for search attribute I of type Int: 1e-05")]
    [InlineData("I", "-1.5e-7", "invalid value for search attribute I of type Int: -1.5e-07")]
    [InlineData("I", "0.05", "invalid value for search attribute I of type Int: 0.05")]
    [InlineData("I", "true", "invalid value for search attribute I of type Int: true")]
    [InlineData("I", "[5,6]", "invalid value for search attribute I of type Int: [5 6]")]
    [InlineData("D", "\"NaN\"", "invalid value for search attribute D of type Double: NaN")]
    [InlineData("D", "1e400", "invalid value for search attribute D of type Double: value from <metadata:{key:\"encoding\"  value:\"json/plain\"}  data:\"1e400\">")]
    [InlineData("B", "1", "invalid value for search attribute B of type Bool: 1")]
    [InlineData("W", "\"2020-01-01\"", "invalid value for search attribute W of type Datetime: 2020-01-01")]
    [InlineData("W", "5", "invalid value for search attribute W of type Datetime: 5")]
    [InlineData("L", "\"x\"", "invalid value for search attribute L of type KeywordList: x")]
    [InlineData("L", "[1]", "invalid value for search attribute L of type KeywordList: [1]")]
    [InlineData("Nope", "\"x\"", "Namespace default has no mapping defined for search attribute Nope")]
    [InlineData("WorkflowId", "\"x\"", "WorkflowId attribute can't be set in SearchAttributes")]
    [InlineData("TemporalWorkerDeployment", "\"x\"", "TemporalWorkerDeployment attribute can't be set in SearchAttributes")]
    public void ForStart_ValueThatCannotBe_IsRefusedInTheRealServersWords(string name, string json, string message)
    {
        var refused = Should.Throw<InvalidSearchAttributesException>(() => SearchAttributePayloads.ForStart(Of((name, json)), Registry, "default"));
        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, message));
    }

    [Theory]
    [InlineData("binary/plain", "\"x\"", "invalid value for search attribute K of type Keyword: [34 120 34]")]
    [InlineData("json/protobuf", "\"x\"", "invalid value for search attribute K of type Keyword: value from <metadata:{key:\"encoding\"  value:\"json/protobuf\"}  data:\"\\\"x\\\"\">")]
    public void ForStart_OtherEncoding_IsRefused(string encoding, string data, string message)
    {
        var given = Of(("K", data));
        given.IndexedFields["K"].Metadata["encoding"] = ByteString.CopyFromUtf8(encoding);
        Should.Throw<InvalidSearchAttributesException>(() => SearchAttributePayloads.ForStart(given, Registry, "default")).Message.ShouldBe(message);
    }

    [Fact]
    public void ForStart_TooMuch_IsRefusedInTheRealServersWords()
    {
        var many = Enumerable.Range(0, 101).Aggregate(SearchAttributeRegistry.Empty, (r, i) => r.With($"A{i}", IndexedValueType.Keyword));
        Refusal([("K", $"\"{new string('a', 2100)}\"")], Registry).ShouldBe("search attribute K value size 2102 exceeds size limit 2048");
        Refusal([.. Enumerable.Range(0, 101).Select(i => ($"A{i}", "1"))], many).ShouldBe("number of search attributes 101 exceeds limit 100");
        Refusal([.. Enumerable.Range(0, 30).Select(i => ($"A{i}", $"\"{new string('a', 2000)}\""))], many).ShouldStartWith("total size of search attributes ");

        static string Refusal((string, string)[] given, SearchAttributeRegistry registry) =>
            Should.Throw<InvalidSearchAttributesException>(() => SearchAttributePayloads.ForStart(Of(given), registry, "default")).Message;
    }

    [Fact]
    public void ForStart_NullsAndEmptyLists_AreLeftOut()
    {
        var kept = SearchAttributePayloads.ForStart(Of(("K", "[\"a\"]"), ("T", "null"), ("L", "[]"), ("D", " [] ")), Registry, "default").ShouldNotBeNull();
        kept.IndexedFields.Keys.ShouldBe(["K"]);
        kept.IndexedFields["K"].Data.ToStringUtf8().ShouldBe("[\"a\"]", "events keep what was given");
        SearchAttributePayloads.ForStart(Of(("T", "null")), Registry, "default").ShouldBeNull();
        SearchAttributePayloads.ForStart(null, Registry, "default").ShouldBeNull();
    }

    [Fact]
    public void ForUpsert_Types_AreAddedWhereNoneIsGivenAndNullsStay()
    {
        var given = Of(("K", "\"x\""), ("I", "5"), ("B", "null"));
        given.IndexedFields["K"].Metadata["type"] = ByteString.CopyFromUtf8("Int");
        var kept = SearchAttributePayloads.ForUpsert(given, Registry, "default").ShouldNotBeNull();

        kept.IndexedFields.ToDictionary(f => f.Key, f => f.Value.Metadata["type"].ToStringUtf8()).ShouldBe(new Dictionary<string, string> { ["K"] = "Int", ["I"] = "Int", ["B"] = "Bool" }, ignoreOrder: true);
        given.IndexedFields["I"].Metadata.ContainsKey("type").ShouldBeFalse("the caller's message is not changed");
    }

    [Fact]
    public void Merge_Upsert_SetsAndRemoves()
    {
        var before = Of(("K", "\"x\""), ("I", "5"));
        var after = SearchAttributePayloads.Merge(before, Of(("K", "null"), ("D", "1.5"))).ShouldNotBeNull();
        after.IndexedFields.Keys.ShouldBe(["I", "D"], ignoreOrder: true);
        before.IndexedFields.Count.ShouldBe(2);
        SearchAttributePayloads.Merge(Of(("K", "\"x\"")), Of(("K", "[]"))).ShouldBeNull();
    }

    [Fact]
    public void ToValues_AndBack_GivesEachWithItsType()
    {
        var given = Of(("K", "[\"x\"]"), ("T", "\"hello\""), ("I", "5"), ("D", "5"), ("B", "true"), ("W", "\"2020-01-01T00:00:00.1234567+02:00\""), ("L", "[\"b\",\"a\"]"), ("Gone", "1"));
        var values = SearchAttributePayloads.ToValues(given, Registry);
        var back = SearchAttributePayloads.FromValues(values, Registry);

        back.IndexedFields.ToDictionary(f => f.Key, f => $"{f.Value.Metadata["type"].ToStringUtf8()} {f.Value.Data.ToStringUtf8()}").ShouldBe(
            new Dictionary<string, string>
            {
                ["K"] = "Keyword \"x\"",
                ["T"] = "Text \"hello\"",
                ["I"] = "Int 5",
                ["D"] = "Double 5",
                ["B"] = "Bool true",
                ["W"] = "Datetime \"2019-12-31T22:00:00.1234567Z\"",
                ["L"] = "KeywordList [\"b\",\"a\"]",
            },
            ignoreOrder: true);
        SearchAttributePayloads.FromValues(values, SearchAttributeRegistry.Empty.With("K", IndexedValueType.Int)).IndexedFields.ShouldBeEmpty("types have changed");
    }

    [Theory]
    [InlineData("\"a\\ud800\"")]
    [InlineData("\"a\\u0000b\"")]
    public void ForStart_TextThatCannotBeStored_IsRefused(string json) =>
        Should.Throw<InvalidSearchAttributesException>(() => SearchAttributePayloads.ForStart(Of(("K", json)), Registry, "default"));

    [Fact]
    public void ForStart_DeepJson_IsRefused() =>
        Should.Throw<InvalidSearchAttributesException>(() => SearchAttributePayloads.ForStart(Of(("K", new string('[', 100_000))), Registry, "default"));

    private static SearchAttributes Of(params (string Name, string Json)[] fields)
    {
        var attributes = new SearchAttributes();
        foreach (var (name, json) in fields)
        {
            var payload = new Payload { Data = ByteString.CopyFrom(json, Encoding.UTF8) };
            payload.Metadata.Add("encoding", ByteString.CopyFromUtf8("json/plain"));
            attributes.IndexedFields.Add(name, payload);
        }

        return attributes;
    }
}
