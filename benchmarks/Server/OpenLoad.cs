using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Settlement.Benchmarks.Server;

/// <summary>Starts workflows that wait on one timer each, as a worker without an SDK: nothing of theirs is in this process afterwards.</summary>
internal sealed class OpenLoad(ITemporalClient client)
{
    private const string Queue = "open";
    private const int Pollers = 16;

    private WorkflowService Service => client.Connection.WorkflowService;

    /// <summary>Starts <paramref name="count"/> workflows whose timers are due at the instants that <paramref name="due"/> says.</summary>
    public async Task StartAsync(string prefix, int count, Func<int, DateTimeOffset> due)
    {
        using var done = new CancellationTokenSource();
        var answered = 0;
        var pollers = Enumerable.Range(0, Pollers).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (await PollAsync(done.Token) is not { } task)
                    continue;
                await AnswerAsync(task, due(int.Parse(task.WorkflowExecution.WorkflowId[(prefix.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)));
                if (Interlocked.Increment(ref answered) == count)
                    await done.CancelAsync();
            }
        })).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Pollers }, async (i, cancellationToken) =>
            await Service.StartWorkflowExecutionAsync(
                new()
                {
                    Namespace = client.Options.Namespace,
                    WorkflowId = FormattableString.Invariant($"{prefix}-{i}"),
                    WorkflowType = new() { Name = "Waiting" },
                    TaskQueue = new() { Name = Queue },
                    RequestId = Guid.NewGuid().ToString(),
                    Identity = "bench",
                },
                new() { CancellationToken = cancellationToken }));
        await Task.WhenAll(pollers);
    }

    /// <summary>Milliseconds from when each timer was due to when its history says that it fired.</summary>
    public async Task<IReadOnlyList<double>> LatenessAsync(string prefix, int count, Func<int, DateTimeOffset> due)
    {
        var late = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var handle = client.GetWorkflowHandle(FormattableString.Invariant($"{prefix}-{i}"));
            var fired = await FiredAsync(handle);
            late.Add((fired - due(i)).TotalMilliseconds);
        }

        return late;
    }

    private static async Task<DateTimeOffset> FiredAsync(WorkflowHandle handle)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var history = await handle.FetchHistoryAsync();
            if (history.Events.FirstOrDefault(e => e.EventType == EventType.TimerFired) is { } fired)
                return fired.EventTime.ToDateTimeOffset();
            await Task.Delay(200, limit.Token);
        }
    }

    private async Task<PollWorkflowTaskQueueResponse?> PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var task = await Service.PollWorkflowTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = Queue }, Identity = "bench" }, new() { CancellationToken = cancellationToken });
            return task.TaskToken.IsEmpty ? null : task;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or Temporalio.Exceptions.RpcException)
        {
            return null;
        }
    }

    private Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(PollWorkflowTaskQueueResponse task, DateTimeOffset due)
    {
        var wait = due - task.StartedTime.ToDateTimeOffset();
        return Service.RespondWorkflowTaskCompletedAsync(new()
        {
            Namespace = client.Options.Namespace,
            TaskToken = task.TaskToken,
            Identity = "bench",
            Commands =
            {
                new Command
                {
                    CommandType = CommandType.StartTimer,
                    StartTimerCommandAttributes = new() { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1)) },
                },
            },
        });
    }
}
