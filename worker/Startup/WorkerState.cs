namespace Settlement.Worker.Startup;

/// <summary>Whether start-up has come to its end; asked by the readiness check.</summary>
internal sealed class WorkerState
{
    private volatile bool started;

    public bool Started
    {
        get => started;
        set => started = value;
    }
}

/// <summary>The last hosted service to start: when it does, schema, search attributes and polls are there.</summary>
internal sealed class ReadyMark(WorkerState state) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        state.Started = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        state.Started = false;
        return Task.CompletedTask;
    }
}
