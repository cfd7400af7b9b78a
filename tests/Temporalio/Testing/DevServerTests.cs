namespace Temporalio.InTree.Tests.Testing;

/// <summary>The classes that share one <c>temporal-dev</c>.</summary>
[CollectionDefinition(DevServerFixture.Collection)]
public sealed class DevServerTests : ICollectionFixture<DevServerFixture>;
