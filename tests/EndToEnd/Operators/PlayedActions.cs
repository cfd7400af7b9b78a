using System.Collections.Concurrent;
using Settlement.AppHost.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Plays every action at both doors of one environment, several at a time, and keeps what came of each. Nothing where there is no command line.</summary>
public sealed class PlayedActions(StagedEnvironment environment) : IAsyncLifetime
{
    private const int AtOnce = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Task<PlayedAction>> played = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        if (Oracles.TemporalCli is null)
            return;
        await Parallel.ForEachAsync(ActionCatalogue.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (actionName, _) =>
        {
            var one = played[actionName.Name] = PlayAsync(environment.Stage, actionName);
            // Its failure is told by its own test, and no other's.
            await one.ContinueWith(_ => { }, TaskScheduler.Default);
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal Task<PlayedAction> OfAsync(string actionName) => played[actionName];

    private static async Task<PlayedAction> PlayAsync(ActionStage stage, CataloguedAction actionName)
    {
        var set = ActionScenes.All[actionName.Name];
        var scenes = await Task.WhenAll(set(stage), set(stage));
        var (api, line) = (Cue.Of(actionName, "a", scenes[0]), Cue.Of(actionName, "c", scenes[1]));
        var apiTicket = api.Scene is { Ticket: { } draw, TicketInBody: true } ? await draw(api.Reason) : null;
        var said = await stage.Doors.ByApiAsync(api.Scene, api.Reason, api.RequestId, apiTicket);
        said.Done.ShouldBeTrue(said.Said);
        var lineTicket = line.Scene.Ticket is { } drawn ? await drawn(line.Reason) : null;
        var answered = await stage.Doors.ByCommandLineAsync(actionName, line.Scene, line.Reason, line.RequestId, lineTicket);
        answered.Done.ShouldBeTrue(answered.Said);
        return await CompareAsync(stage, api, line, $"{said.Said}\n{answered.Said}");
    }

    /// <summary>What follows from an action takes its time at both: they are looked at until they agree, or the limit is over.</summary>
    private static async Task<PlayedAction> CompareAsync(ActionStage stage, Cue api, Cue line, string answers)
    {
        var until = DateTime.UtcNow + Limit;
        while (true)
        {
            var (left, right) = (await stage.TraceAsync(api), await stage.TraceAsync(line));
            var seen = new PlayedAction(left, right, answers, api.IsReached(left) && line.IsReached(right));
            if ((seen.HadEffect && left.Lines.SequenceEqual(right.Lines)) || DateTime.UtcNow > until)
                return seen;
            await Task.Delay(100);
        }
    }
}
