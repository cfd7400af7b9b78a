using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Schedules;

/// <summary>Schedules: what they do by themselves, and the methods about them.</summary>
internal sealed class ScheduleModule : IServerModule, INamespaceCleaner
{
    private readonly ServerParts parts;

    public ScheduleModule(ServerParts parts, EngineModule engine)
    {
        this.parts = parts;
        Schedules = new ScheduleService(
            parts.Store, parts.Clock, new EngineScheduledRuns(engine.Engine, engine.Spaces), engine.Spaces.ById, parts.Fatal.End, parts.Logs.CreateLogger<ScheduleService>());
    }

    /// <summary>All schedules.</summary>
    public ScheduleService Schedules { get; }

    public void Register(ServerServices services)
    {
        parts.Namespaces.Cleaners.Add(this);
        new ScheduleHandlers(Schedules, parts.Namespaces, parts.Clock).Register(services.Workflow);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Schedules.StartAsync(cancellationToken);

    public async Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken)
    {
        foreach (var schedule in Schedules.All(namespaceId).ToList())
            await Schedules.DeleteAsync(new ScheduleKey(namespaceId, schedule.ScheduleId), cancellationToken);
    }

    public ValueTask DisposeAsync() => Schedules.DisposeAsync();
}
