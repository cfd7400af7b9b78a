using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>Raw gRPC service of Temporal Cloud's operations; only <see cref="TemporalCloudOperationsClient"/> connects to a server that has it.</summary>
public abstract partial class CloudService : RpcService
{
    /// <inheritdoc />
    internal override string FullName => "temporal.api.cloud.cloudservice.v1.CloudService";

    /// <summary>The service as a connection calls it.</summary>
    public class Core : CloudService
    {
        private readonly TemporalConnection connection;

        /// <summary>Initializes a new instance of the <see cref="Core"/> class.</summary>
        /// <param name="connection">Connection to call on.</param>
        public Core(TemporalConnection connection) => this.connection = connection;

        /// <inheritdoc />
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            connection.InvokeRpcAsync(this, rpc, req, resp, options);
    }
}
