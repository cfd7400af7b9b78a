using Temporalio.Client.Interceptors;
using Temporalio.Worker;

namespace Temporalio.Client;

/// <summary>A client of one namespace.</summary>
/// <seealso cref="TemporalClient"/>
public partial interface ITemporalClient : IWorkerClient
{
    /// <summary>Connection that the client calls through.</summary>
    new ITemporalConnection Connection { get; }

    /// <summary>Options of the client.</summary>
    new TemporalClientOptions Options { get; }

    /// <summary>First interceptor of the chain, or the calls themselves.</summary>
    ClientOutboundInterceptor OutboundInterceptor { get; }

    /// <summary>Raw calls of the workflow service, without interceptors and converters.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>Raw calls of the operator service.</summary>
    OperatorService OperatorService { get; }
}
