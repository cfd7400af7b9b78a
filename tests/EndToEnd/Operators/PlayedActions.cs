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

    public async ValueTask InitializeAsync()
    {
        if (Oracles.TemporalCli is null)
            return;
        await Parallel.ForEachAsync(ActionCatalogue.All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (action, _) =>
        {
            var one = played[action.Name] = PlayAsync(environment.Stage, action);
            // Its failure is told by its own test, and no other's.
            await one.ContinueWith(_ => { }, TaskScheduler.Default);
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal Task<PlayedAction> OfAsync(string action) => played[action];

    private static async Task<PlayedAction> PlayAsync(ActionStage stage, CataloguedAction action)
    {
        var set = ActionScenes.All[action.Name];
        var scenes = await Task.WhenAll(set(stage), set(stage));
        var (api, line) = (Cue.Of(action, "a", scenes[0]), Cue.Of(action, "c", scenes[1]));
        var apiTicket = api.Scene is { Ticket: { } draw, TicketInBody: true } ? await draw(api.Reason) : null;
        var said = await stage.Doors.ByApiAsync(api.Scene, api.Reason, api.RequestId, apiTicket);
        said.Done.ShouldBeTrue(said.Said);
        var lineTicket = line.Scene.Ticket is { } drawn ? await drawn(line.Reason) : null;
        var answered = await stage.Doors.ByCommandLineAsync(action, line.Scene, line.Reason, line.RequestId, lineTicket);
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

/// <summary>One action, done to two equal things: to one from the API, to the other from the command line.</summary>
/// <param name="Api">What it left behind, done from the API.</param>
/// <param name="CommandLine">What it left behind, done from the command line.</param>
/// <param name="Answers">What each door answered.</param>
/// <param name="HadEffect">Whether both came to what the action is for.</param>
internal sealed record PlayedAction(ActionTrace Api, ActionTrace CommandLine, string Answers, bool HadEffect);
