using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>What passes between two looks at a settlement.</summary>
public interface ISamplePace
{
    /// <summary>The settlement was just seen in this state: lets some time pass and returns when it is worth looking again.</summary>
    Task PassAsync(SettlementStatus seen, CancellationToken cancellationToken);

    /// <summary>A sample is over and will not ask again.</summary>
    void Leave();
}

/// <summary>Time passes by itself; the interval only spares the API.</summary>
public sealed class RealPace : ISamplePace
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    public Task PassAsync(SettlementStatus seen, CancellationToken cancellationToken) => Task.Delay(Interval, cancellationToken);

    public void Leave()
    {
        // Nobody waits for anybody.
    }
}

/// <summary>
/// Moves the clock of a time-skipping server, in steps, and only while every sample of the run waits for time: a settlement that is on its way
/// through our books or the bank's gets as much real time as it needs, and none of the server's.
/// </summary>
/// <param name="advance">Moves the locked clock by so much and returns when all that falls due meanwhile has been handed out.</param>
/// <param name="samples">How many samples share the clock.</param>
/// <param name="interval">Real time between two looks at a settlement that moves by itself.</param>
public sealed class SkippedPace(Func<TimeSpan, Task> advance, int samples, TimeSpan interval) : ISamplePace
{
    /// <summary>
    /// A value date's opening may lie inside a step, and the instruction is then sent inside it as well: the step must be short beside the
    /// settlement's confirmation timeout.
    /// </summary>
    private static readonly TimeSpan BeforeSending = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private int running = samples;
    private Round round = new();

    public async Task PassAsync(SettlementStatus seen, CancellationToken cancellationToken)
    {
        if (StepFrom(seen) is not { } step)
        {
            await Task.Delay(interval, cancellationToken);
            return;
        }

        Round joined;
        lock (gate)
        {
            joined = round;
            joined.Join(step);
            if (joined.Waiting == running)
                StartRound();
        }

        await joined.Over.WaitAsync(cancellationToken);
    }

    public void Leave()
    {
        lock (gate)
        {
            running--;
            if (running > 0 && round.Waiting == running)
                StartRound();
        }
    }

    /// <summary>Null while the settlement moves by itself.</summary>
    private static TimeSpan? StepFrom(SettlementStatus status) => status switch
    {
        SettlementStatus.Scheduled => BeforeSending,
        SettlementStatus.OutcomeUnknown or SettlementStatus.AwaitingRetry or SettlementStatus.AwaitingApproval => Afterwards,
        _ => null,
    };

    private void StartRound()
    {
        var all = round;
        round = new Round();
        _ = all.RunAsync(advance);
    }

    /// <summary>Everybody waits; the smallest step that anybody can bear is taken.</summary>
    private sealed class Round
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TimeSpan step = TimeSpan.MaxValue;

        public int Waiting { get; private set; }

        public Task Over => over.Task;

        public void Join(TimeSpan longest)
        {
            Waiting++;
            step = longest < step ? longest : step;
        }

        public async Task RunAsync(Func<TimeSpan, Task> advance)
        {
            try
            {
                await advance(step);
                over.SetResult();
            }
            catch (Exception error)
            {
                // Handed to everybody who waits: the runs report it as their fault.
                over.SetException(error);
            }
        }
    }
}
