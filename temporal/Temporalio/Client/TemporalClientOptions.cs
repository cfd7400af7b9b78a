using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Options of a <see cref="TemporalClient"/>.</summary>
public class TemporalClientOptions : ICloneable
{
    /// <summary>Namespace that all calls are about. Default <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>Converts values, for workers of this client too.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>
    /// Interceptors of calls, the first one outermost. Those that are worker interceptors too also serve the workers of this
    /// client.
    /// </summary>
    public IReadOnlyCollection<IClientInterceptor>? Interceptors { get; set; }

    /// <summary>Where loggers come from. Default: nothing is logged.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>In which states of a workflow the server refuses queries, unless a query says otherwise.</summary>
    public QueryRejectCondition? QueryRejectCondition { get; set; }

    /// <summary>Plugins, in the order in which they configure the client.</summary>
    public IReadOnlyCollection<ITemporalClientPlugin>? Plugins { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
