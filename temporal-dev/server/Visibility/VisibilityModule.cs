using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Visibility;

/// <summary>Listing and counting workflows.</summary>
internal sealed class VisibilityModule(ServerParts parts) : IServerModule
{
    public void Register(ServerServices services) => new Frontend.VisibilityHandlers(parts.Store, parts.Namespaces).Register(services.Workflow);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
