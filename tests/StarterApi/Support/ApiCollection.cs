namespace Settlement.StarterApi.Tests.Support;

/// <summary>Tests that share one API and one database. They use keys and settlements of their own, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiFixture>
{
    public const string Name = "starter api";
}
