using Microsoft.Extensions.Options;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Auth;
using Settlement.StarterApi.Endpoints.Tickets;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Hosting;

/// <summary>The order in which a request passes through the program, and where it ends.</summary>
public static class Pipeline
{
    /// <summary>The two names of the settlements resource; the prefix keeps operation ids apart.</summary>
    private static readonly (string Path, string Names)[] SettlementPaths = [("/settlements", ""), ("/api/v1/settlements", "v1-")];

    public static void UseStarterApi(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            SecurityHeaders.Apply(context.Response.Headers);
            context.Response.Headers[RequestIds.Header] = RequestIds.Of(context);
            return next(context);
        });
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static void MapStarterApi(this WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Authority))
            AuthEndpoints.Map(app);
        foreach (var (path, names) in SettlementPaths)
        {
            var settlements = app.MapGroup(path);
            ActionEndpoints.Map(settlements, names);
            settlements.MapPost("/{id}/tickets", IssueTicket.HandleAsync).RequireAuthorization(Policies.Approve)
                .WithName(names + "issue-ticket").WithSummary("Issue a one-time approval ticket").WithTags("actions");
        }
    }
}
