using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>
/// Options of <see cref="WorkflowEnvironment.StartTimeSkippingAsync"/>. The target host, if set, must be this machine; its port may be
/// left out or 0 for a free one.
/// </summary>
public class WorkflowEnvironmentStartTimeSkippingOptions : TemporalClientConnectOptions
{
    /// <summary>Gets or sets how the server is started.</summary>
    public TestServerOptions TestServer { get; set; } = new();

    /// <inheritdoc />
    public override object Clone()
    {
        var copy = (WorkflowEnvironmentStartTimeSkippingOptions)base.Clone();
        copy.TestServer = (TestServerOptions)TestServer.Clone();
        return copy;
    }
}
