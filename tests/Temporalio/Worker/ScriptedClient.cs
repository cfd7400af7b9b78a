using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>A connected client of a <see cref="ScriptedService" />.</summary>
internal sealed class ScriptedClient(ScriptedService service) : IWorkerClient
{
    public TemporalClientOptions Options { get; } = new();

    public ITemporalConnection Connection { get; } = new ScriptedConnection(service);

    private sealed class ScriptedConnection(ScriptedService service) : ITemporalConnection
    {
        public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; } = [];

        public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; } = [];

        public string? ApiKey { get; set; }

        public WorkflowService WorkflowService => service;

        public OperatorService OperatorService => throw new NotSupportedException();

        public CloudService CloudService => throw new NotSupportedException();

        public TestService TestService => throw new NotSupportedException();

        public TemporalConnectionOptions Options { get; } = new("scripted:0") { Identity = "scripted" };

        public bool IsConnected => true;

        public Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null) => Task.FromResult(true);

        public Task ConnectAsync() => Task.CompletedTask;
    }
}
