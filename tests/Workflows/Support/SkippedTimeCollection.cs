namespace Settlement.Workflows.Tests.Support;

/// <summary>One test server; its clock is shared, so the classes run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SkippedTimeCollection : ICollectionFixture<SkippedTime>
{
    public const string Name = "skipped time";
}
