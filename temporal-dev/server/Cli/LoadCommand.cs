using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Loading;

namespace Temporalio.DevServer.Cli;

/// <summary><c>temporal-dev load</c>: fills a database with runs for measurements. No server may use the database meanwhile.</summary>
internal static class LoadCommand
{
    private const int Seed = 20_261_122;
    private static readonly TimeSpan Timers = TimeSpan.FromHours(24);

    public static async Task RunAsync(Invocation invocation, TextWriter output, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, IndexedValueType>(invocation.Options.SearchAttributes);
        foreach (var (name, type) in LoadedAttributes.Types)
            attributes[name] = type;
        // A whole server, for the namespace and the right to write; its port is of no use.
        await using var server = await DevServer.StartAsync(invocation.Options with { Port = 0, SearchAttributes = attributes }, cancellationToken);
        var engine = server.Composition.Engine;
        var space = engine.Spaces.Require(invocation.Options.Namespaces[0]);
        var loader = new RunLoader(engine.Engine.Services.Store, space, Seed, engine.Engine.Services.Clock.Now);
        var load = invocation.Load!;
        await loader.LoadClosedAsync(load.Closed, n => output.WriteLine($"closed {n}"), cancellationToken);
        await loader.LoadWaitingAsync(load.Waiting, Timers, n => output.WriteLine($"waiting {n}"), cancellationToken);
    }
}
