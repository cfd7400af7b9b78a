using Settlement.Drills.Environments;

namespace Settlement.Drills.Simulation;

/// <summary>How a simulation is run.</summary>
internal sealed record SimulationOptions
{
    /// <summary>A folder of its own: state, logs, event log.</summary>
    public required string Folder { get; init; }

    /// <summary>As <c>./run --temporal</c>.</summary>
    public string? Temporal { get; init; }

    /// <summary>Told the run's progress.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Settlements under way at once.</summary>
    public int AtOnce { get; init; } = 50;

    /// <summary>When nothing has ended for so long after the last request and the last fault, what is still open counts as stranded.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Done to the environment before the first request: where a bug is planted.</summary>
    public Func<PrivateEnvironment, Task>? Prepare { get; init; }
}
