namespace Settlement.Worker.Tests.Support;

/// <summary>Tests that share one running worker; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<RunningWorker>
{
    public const string Name = "running worker";
}
