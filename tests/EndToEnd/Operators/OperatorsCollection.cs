namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Tests of operators' actions share one environment; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorsCollection : ICollectionFixture<StagedEnvironment>
{
    public const string Name = "operators";
}
