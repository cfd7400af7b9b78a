using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Options of a hosted worker, with those of its client if it is to have one of its own.</summary>
public class TemporalWorkerServiceOptions : TemporalWorkerOptions
{
    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerServiceOptions"/> class.</summary>
    public TemporalWorkerServiceOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerServiceOptions"/> class.</summary>
    /// <param name="taskQueue">Task queue of the worker.</param>
    public TemporalWorkerServiceOptions(string taskQueue)
        : base(taskQueue)
    {
    }

    /// <summary>
    /// Gets or sets the options of the client that the worker connects when it starts. When null, an
    /// <see cref="ITemporalClient" /> has to be among the services.
    /// </summary>
    public TemporalClientConnectOptions? ClientOptions { get; set; }

    /// <summary>Gets or sets what announces a new client for the worker, null for nothing.</summary>
    public TemporalWorkerClientUpdater? WorkerClientUpdater { get; set; }

    /// <inheritdoc />
    public override object Clone()
    {
        var copy = (TemporalWorkerServiceOptions)base.Clone();
        copy.ClientOptions = (TemporalClientConnectOptions?)ClientOptions?.Clone();
        return copy;
    }

    /// <summary>The name under which the options of one worker are kept.</summary>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="version">Build id or deployment version, null for none.</param>
    /// <returns>The name.</returns>
    internal static string GetUniqueOptionsName(string taskQueue, string? version) =>
        version == null ? taskQueue : taskQueue + "!!__temporal__!!" + version;
}
