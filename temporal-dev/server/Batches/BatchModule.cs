using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Batches;

/// <summary>Batch jobs: what they do by themselves, and the methods about them.</summary>
internal sealed class BatchModule : IServerModule, INamespaceCleaner
{
    private readonly ServerParts parts;

    public BatchModule(ServerParts parts, EngineModule engine)
    {
        this.parts = parts;
        Batches = new BatchService(parts.Store, parts.Clock, new BatchOperations(engine.Engine), engine.Spaces.ById, parts.Fatal.End, parts.Logs.CreateLogger<BatchService>());
        Spaces = engine.Spaces;
    }

    /// <summary>All jobs.</summary>
    public BatchService Batches { get; }

    private Spaces Spaces { get; }

    public void Register(ServerServices services)
    {
        parts.Namespaces.Cleaners.Add(this);
        new BatchHandlers(Batches, Spaces).Register(services.Workflow);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Batches.StartAsync(cancellationToken);

    public Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken) => Batches.DeleteAllAsync(namespaceId, cancellationToken);

    public ValueTask DisposeAsync() => Batches.DisposeAsync();
}
