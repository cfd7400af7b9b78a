using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Clock;

/// <summary>
/// The server's time: everything that histories show and that timers go by. How long a caller may wait for an answer is not its business: that is the
/// machine's time.
/// </summary>
internal interface IServerClock
{
    /// <summary>The time now, UTC. Never goes backwards.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Returns when <see cref="Now"/> has reached a time.</summary>
    /// <param name="due">The time; one that has passed returns at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>
    /// Names somebody who acts by himself at certain times. A clock that skips goes to the earliest time that any of them names, and never further.
    /// </summary>
    /// <param name="nextDue">When he will act next, or null; asked at any moment, from any thread.</param>
    void AddSource(Func<DateTimeOffset?> nextDue);

    /// <summary>Time does not skip until the result is disposed: for what is due and not done yet, and for what is on its way between runs.</summary>
    IDisposable Hold();

    /// <summary>Says whether somebody works for a run, so that time must not skip. Only the last word about a run counts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isWorking">Whether a task of it is waiting or under way.</param>
    void Report(RunKey run, bool isWorking);
}
