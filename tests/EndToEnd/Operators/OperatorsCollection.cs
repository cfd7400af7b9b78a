namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Tests of operators' acts share one house; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorsCollection : ICollectionFixture<StagedHouse>
{
    public const string Name = "operators";
}
