using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Common;

public class SearchAttributeCollectionTests
{
    private static readonly SearchAttributeKey<string> Status = SearchAttributeKey.CreateKeyword("Status");
    private static readonly SearchAttributeKey<long> Count = SearchAttributeKey.CreateLong("Count");
    private static readonly SearchAttributeKey<double> Ratio = SearchAttributeKey.CreateDouble("Ratio");
    private static readonly SearchAttributeKey<bool> Open = SearchAttributeKey.CreateBool("Open");
    private static readonly SearchAttributeKey<DateTimeOffset> Due = SearchAttributeKey.CreateDateTimeOffset("Due");
    private static readonly SearchAttributeKey<string> Words = SearchAttributeKey.CreateText("Words");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Tags = SearchAttributeKey.CreateKeywordList("Tags");

    [Fact]
    public void FromProto_AllTypes_RoundTrip()
    {
        var due = new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);
        var original = new SearchAttributeCollection.Builder()
            .Set(Status, "PENDING").Set(Count, 9007199254740993L).Set(Ratio, 2.0).Set(Open, true).Set(Due, due)
            .Set(Words, "some words").Set(Tags, ["a", "b"])
            .ToSearchAttributeCollection();

        var proto = SearchAttributes.Parser.ParseFrom(original.ToProto().ToByteArray());
        var read = SearchAttributeCollection.FromProto(proto);

        read.Count.ShouldBe(7);
        read.Get(Status).ShouldBe("PENDING");
        read.Get(Count).ShouldBe(9007199254740993L);
        read.Get(Ratio).ShouldBe(2.0);
        read.Get(Open).ShouldBeTrue();
        read.Get(Due).ShouldBe(due);
        read.Get(Words).ShouldBe("some words");
        read.Get(Tags).ShouldBe(["a", "b"]);
        proto.IndexedFields["Tags"].Metadata["type"].ToStringUtf8().ShouldBe("KeywordList");
        proto.IndexedFields["Due"].Metadata["type"].ToStringUtf8().ShouldBe("Datetime");
    }

    [Fact]
    public void Get_OtherTypeOrMissing_Throws()
    {
        var attributes = new SearchAttributeCollection.Builder().Set(Status, "x").ToSearchAttributeCollection();

        Should.Throw<KeyNotFoundException>(() => attributes.Get(Count));
        Should.Throw<KeyNotFoundException>(() => attributes.Get(SearchAttributeKey.CreateText("Status")));
        attributes.TryGetValue(Count, out _).ShouldBeFalse();
        attributes.TryGetValue(Status, out var status).ShouldBeTrue();
        status.ShouldBe("x");
        attributes.ContainsKey(SearchAttributeKey.CreateText("Status")).ShouldBeFalse();
        attributes.ContainsKey("Status").ShouldBeTrue();
    }

    [Fact]
    public void Builder_SameNameOtherType_Replaces()
    {
        var builder = new SearchAttributeCollection.Builder().Set(Status, "x");
        var before = builder.ToSearchAttributeCollection();

        builder.Set(SearchAttributeKey.CreateText("Status"), "y");

        builder.ToSearchAttributeCollection().Count.ShouldBe(1);
        builder.ToSearchAttributeCollection().ContainsKey(Status).ShouldBeFalse();
        before.Get(Status).ShouldBe("x");
        builder.Unset("Status").ToSearchAttributeCollection().ShouldBeEmpty();
    }

    [Fact]
    public void FromProto_NullValue_IsLeftOut()
    {
        var payload = DataConverter.Default.PayloadConverter.ToPayload(null);
        payload.Metadata["type"] = ByteString.CopyFromUtf8("Keyword");

        SearchAttributeCollection.FromProto(new() { IndexedFields = { ["Status"] = payload } }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INDEXED_VALUE_TYPE_KEYWORD_LIST", true)]
    [InlineData("KeywordList", true)]
    [InlineData("Unheard", false)]
    public void FromProto_TypeNames_AreReadInBothForms(string typeName, bool known)
    {
        var payload = DataConverter.Default.PayloadConverter.ToPayload(new[] { "a" });
        payload.Metadata["type"] = ByteString.CopyFromUtf8(typeName);
        var proto = new SearchAttributes { IndexedFields = { ["Tags"] = payload } };

        if (known)
        {
            SearchAttributeCollection.FromProto(proto).Get(Tags).ShouldBe(["a"]);
        }
        else
        {
            Should.Throw<ArgumentException>(() => SearchAttributeCollection.FromProto(proto)).Message.ShouldContain("Unheard");
        }
    }

    [Fact]
    public void Key_Comparison_IsByNameThenType()
    {
        SearchAttributeKey[] keys = [Words, SearchAttributeKey.CreateKeyword("Words"), Count];

        keys.Order().ShouldBe([Count, Words, SearchAttributeKey.CreateKeyword("Words")]);
        (Status == SearchAttributeKey.CreateKeyword("Status")).ShouldBeTrue();
        (Status != SearchAttributeKey.CreateText("Status")).ShouldBeTrue();
        (Count < Words).ShouldBeTrue();
        (Words >= Count).ShouldBeTrue();
        Status.GetHashCode().ShouldBe(SearchAttributeKey.CreateKeyword("Status").GetHashCode());
    }

    [Fact]
    public void ValueSetAndUnset_Update_SaysWhat()
    {
        var set = Status.ValueSet("x");
        var unset = Status.ValueUnset();

        set.HasValue.ShouldBeTrue();
        set.Value.ShouldBe("x");
        set.UntypedKey.ShouldBe(Status);
        unset.HasValue.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => unset.UntypedValue);
    }
}
