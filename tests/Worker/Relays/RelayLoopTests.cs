using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Settlement.Worker.Relays;

namespace Settlement.Worker.Tests.Relays;

public sealed class RelayLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Round_ThatFails_IsLoggedAndTheLoopGoesOn()
    {
        using var loop = new ScriptedLoop(TimeSpan.FromHours(1), _ => throw new InvalidOperationException("the database is away"), _ => false);

        await loop.StartAsync(CancellationToken.None);
        await loop.Played.WaitAsync(Limit);

        loop.ExecuteTask!.IsCompleted.ShouldBeFalse();
        loop.Log.All.ShouldHaveSingleItem().ShouldBe("scripted failed; it is tried again in 2 s");
        await loop.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Round_WithMoreToDo_IsFollowedAtOnce()
    {
        // An hour between idle rounds: only rounds that follow at once come to the end of the script.
        using var loop = new ScriptedLoop(TimeSpan.FromHours(1), _ => true, _ => true, _ => false);

        await loop.StartAsync(CancellationToken.None);
        await loop.Played.WaitAsync(Limit);

        loop.Log.All.ShouldBeEmpty();
        await loop.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_BetweenRounds_EndsTheLoopQuietly()
    {
        using var loop = new ScriptedLoop(TimeSpan.FromHours(1), _ => false);
        await loop.StartAsync(CancellationToken.None);
        await loop.Played.WaitAsync(Limit);

        await loop.StopAsync(CancellationToken.None).WaitAsync(Limit);

        loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        loop.Log.All.ShouldBeEmpty();
    }

    private sealed class ScriptedLoop : RelayLoop
    {
        private readonly Queue<Func<CancellationToken, bool>> rounds;
        private readonly TaskCompletionSource played = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ScriptedLoop(TimeSpan idle, params Func<CancellationToken, bool>[] rounds)
            : this(idle, new Lines(), rounds)
        {
        }

        private ScriptedLoop(TimeSpan idle, Lines log, Func<CancellationToken, bool>[] rounds)
            : base("scripted", idle, log)
        {
            Log = log;
            this.rounds = new(rounds);
        }

        public Lines Log { get; }

        /// <summary>Done when the last round of the script has begun.</summary>
        public Task Played => played.Task;

        protected override Task<bool> RoundAsync(CancellationToken cancellationToken)
        {
            var round = rounds.Dequeue();
            if (rounds.Count == 0)
                played.SetResult();
            return Task.FromResult(round(cancellationToken));
        }
    }

    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public string[] All => [.. lines];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
