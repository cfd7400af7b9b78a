namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>Business calendars and settlement windows: versioned data, changed by audited actions.</summary>
public static class CalendarEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var calendars = routes.MapGroup("/api/v1/calendars").WithTags("calendars");
        calendars.MapGet("", ListCalendars.HandleAsync).RequireAuthorization(Policies.Read).WithName("list-calendars").WithSummary("The newest version of each calendar");
        calendars.MapPost("/{code}/versions", PublishCalendar.HandleAsync).RequireAuthorization(Policies.Administer).WithMetadata(new AuditRefusals("calendar_refused"), new Performs(OperationNames.PublishCalendar))
            .WithName("publish-calendar").WithSummary("Publish the next version: days closed or opened, further years");
        var windows = routes.MapGroup("/api/v1/windows").WithTags("calendars");
        windows.MapGet("", ListWindows.HandleAsync).RequireAuthorization(Policies.Read).WithName("list-windows").WithSummary("The newest version of each window, with extensions from today on");
        windows.MapPost("/{rail}/{currency}/versions", PublishWindow.HandleAsync).RequireAuthorization(Policies.Administer).WithMetadata(new AuditRefusals("window_refused"), new Performs(OperationNames.PublishWindow))
            .WithName("publish-window").WithSummary("Publish the next version");
        windows.MapPost("/{rail}/{currency}/extensions", ExtendWindow.HandleAsync).RequireAuthorization(Policies.Operate).WithMetadata(new AuditRefusals("window_refused"), new Performs(OperationNames.ExtendWindow))
            .WithName("extend-window").WithSummary("Move the cut-off of one day");
    }
}
