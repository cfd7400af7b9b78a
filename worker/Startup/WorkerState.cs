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
