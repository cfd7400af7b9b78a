using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>The kill switches.</summary>
public static class SwitchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var group = routes.MapGroup("/api/v1/switches").RequireAuthorization(Policies.Administer).WithTags("switches");
        group.MapGet("", ListSwitches.HandleAsync).WithName("list-switches").WithSummary("All kill switches, with who changed them last and why");
        group.MapPut("", SetSwitch.HandleAsync).WithMetadata(new AuditRefusals("switch_refused"), new Performs(OperationNames.SetSwitch))
            .WithName("set-switch").WithSummary("Stop or release; effective within a second");
    }
}
