namespace Temporalio.DevServer.Hosting;

/// <summary>A part of the server: what it answers, and what it does by itself.</summary>
internal interface IServerModule : IAsyncDisposable
{
    /// <summary>Names the methods that this part answers. Called once, before anything starts.</summary>
    /// <param name="services">Takes the handlers.</param>
    void Register(ServerServices services);

    /// <summary>Recovers what is stored and begins what runs by itself; modules start in the order of their registration, before the port opens.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task StartAsync(CancellationToken cancellationToken);
}
