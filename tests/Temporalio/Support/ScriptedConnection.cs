using Temporalio.Client;

namespace Temporalio.InTree.Tests.Support;

/// <summary>A connection without a wire, whose workflow service is scripted.</summary>
internal sealed class ScriptedConnection : ITemporalConnection
{
    public ScriptedWorkflowService Script { get; } = new();

    public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; } = [];

    public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; } = [];

    public string? ApiKey { get; set; }

    public WorkflowService WorkflowService => Script;

    public OperatorService OperatorService => throw new NotSupportedException();

    public CloudService CloudService => throw new NotSupportedException();

    public TestService TestService => throw new NotSupportedException();

    public TemporalConnectionOptions Options { get; } = new("scripted:7233") { Identity = "tester" };

    public bool IsConnected => true;

    /// <summary>A client on a new connection of this kind.</summary>
    public static (TemporalClient Client, ScriptedWorkflowService Script) CreateClient(TemporalClientOptions? options = null)
    {
        var connection = new ScriptedConnection();
        return (new(connection, options ?? new() { Namespace = "scripted" }), connection.Script);
    }

    public Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null) => Task.FromResult(true);

    public Task ConnectAsync() => Task.CompletedTask;
}
