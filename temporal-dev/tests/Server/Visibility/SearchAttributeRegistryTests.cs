using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

public sealed class SearchAttributeRegistryTests
{
    [Fact]
    public void With_NewName_IsResolvedAfterStoringToo()
    {
        var registry = SearchAttributeRegistry.Parse(SearchAttributeRegistry.Empty.With("NeedsAttention", IndexedValueType.Bool).ToBytes());

        registry.Resolve("NeedsAttention").ShouldBe(new SearchField("NeedsAttention", IndexedValueType.Bool, IsSystem: false));
        registry.Resolve("WorkflowId")!.IsSystem.ShouldBeTrue();
        registry.Resolve("BuildIds")!.Type.ShouldBe(IndexedValueType.KeywordList);
        registry.Attribute("WorkflowId").ShouldBeNull("a workflow may not set it");
        registry.Resolve("needsattention").ShouldBeNull("names are case-sensitive");
        SearchAttributeRegistry.Empty.Resolve("NeedsAttention").ShouldBeNull();
    }

    [Theory]
    [InlineData("", IndexedValueType.Keyword)]
    [InlineData("a\0", IndexedValueType.Keyword)]
    [InlineData("WorkflowId", IndexedValueType.Keyword)]
    [InlineData("TemporalChangeVersion", IndexedValueType.KeywordList)]
    [InlineData("Fine", IndexedValueType.Unspecified)]
    [InlineData("Fine", (IndexedValueType)99)]
    [InlineData("Taken", IndexedValueType.Int)]
    public void With_NameOrTypeThatCannotBe_IsRefused(string name, IndexedValueType type) =>
        Should.Throw<ArgumentException>(() => SearchAttributeRegistry.Empty.With("Taken", IndexedValueType.Keyword).With(name, type));

    [Fact]
    public void With_SameAgain_ChangesNothing()
    {
        var registry = SearchAttributeRegistry.Empty.With("A", IndexedValueType.Int);
        registry.With("A", IndexedValueType.Int).ShouldBeSameAs(registry);
    }

    [Fact]
    public void With_TooMany_IsRefused()
    {
        var registry = Enumerable.Range(0, SearchAttributeRegistry.MaxCustom).Aggregate(SearchAttributeRegistry.Empty, (r, i) => r.With($"A{i}", IndexedValueType.Keyword));
        Should.Throw<InvalidOperationException>(() => registry.With("OneMore", IndexedValueType.Keyword));
    }

    [Fact]
    public void Without_Name_FreesItForAnotherType()
    {
        var registry = SearchAttributeRegistry.Empty.With("A", IndexedValueType.Int);
        registry.Without("A")!.With("A", IndexedValueType.Keyword).Resolve("A")!.Type.ShouldBe(IndexedValueType.Keyword);
        registry.Without("B").ShouldBeNull();
    }

    [Fact]
    public void Parse_HostilyLongOrDeepFilter_IsRefusedBeforeItCanOverflowAStack()
    {
        foreach (var filter in new[]
        {
            string.Join(" OR ", Enumerable.Repeat("WorkflowId = 'a'", 50_000)),
            "WorkflowId IN (" + string.Join(",", Enumerable.Repeat("'a'", 50_000)) + ")",
            string.Concat(Enumerable.Repeat("NOT ", 50_000)) + "WorkflowId = 'a'",
            new string('(', 50_000),
            "WorkflowId = 'a\0b'",
        })
            Should.Throw<InvalidQueryException>(() => QueryParser.Parse(filter, SearchAttributeRegistry.Empty.Resolve));
    }
}
