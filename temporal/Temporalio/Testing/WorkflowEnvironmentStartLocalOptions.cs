using Temporalio.Client;
using Temporalio.Common;

namespace Temporalio.Testing;

/// <summary>
/// Options of <see cref="WorkflowEnvironment.StartLocalAsync"/>. The target host, if set, says where the new server listens; its port
/// may be left out or 0 for a free one.
/// </summary>
public class WorkflowEnvironmentStartLocalOptions : TemporalClientConnectOptions
{
    /// <summary>Gets or sets a value indicating whether the Web UI is served too, 1000 ports above the server.</summary>
    public bool UI { get; set; }

    /// <summary>Gets or sets search attributes to register.</summary>
    public IReadOnlyCollection<SearchAttributeKey>? SearchAttributes { get; set; }

    /// <summary>Gets or sets how the server is started.</summary>
    public DevServerOptions DevServerOptions { get; set; } = new();

    /// <inheritdoc />
    public override object Clone()
    {
        var copy = (WorkflowEnvironmentStartLocalOptions)base.Clone();
        copy.DevServerOptions = (DevServerOptions)DevServerOptions.Clone();
        return copy;
    }
}
