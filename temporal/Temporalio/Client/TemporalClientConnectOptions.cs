using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>
/// Options of <see cref="TemporalClient.ConnectAsync"/>: those of the connection and those of the client in one. The target
/// host is required.
/// </summary>
public class TemporalClientConnectOptions : TemporalConnectionOptions
{
    /// <summary>Creates options; the target host is still to be set.</summary>
    public TemporalClientConnectOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="targetHost">Server as <c>host:port</c>.</param>
    public TemporalClientConnectOptions(string targetHost)
        : base(targetHost)
    {
    }

    /// <summary>Namespace that all calls are about. Default <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>Converts values, for workers of this client too.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Interceptors of calls, the first one outermost.</summary>
    public IReadOnlyCollection<IClientInterceptor>? Interceptors { get; set; }

    /// <summary>Where loggers come from. Default: nothing is logged.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>In which states of a workflow the server refuses queries, unless a query says otherwise.</summary>
    public QueryRejectCondition? QueryRejectCondition { get; set; }

    /// <summary>Plugins; the first one is outermost around the connecting.</summary>
    public IReadOnlyCollection<ITemporalClientPlugin>? Plugins { get; set; }

    /// <summary>Takes the client's part of these options.</summary>
    /// <returns>Options of the client.</returns>
    public TemporalClientOptions ToClientOptions() => new()
    {
        Namespace = Namespace,
        DataConverter = DataConverter,
        Interceptors = Interceptors,
        LoggerFactory = LoggerFactory,
        QueryRejectCondition = QueryRejectCondition,
        Plugins = Plugins,
    };
}
