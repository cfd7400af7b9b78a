using Microsoft.Extensions.Options;
using Settlement.StarterApi.Endpoints.Accounts;
using Settlement.StarterApi.Endpoints.Auth;
using Settlement.StarterApi.Endpoints.Banks;
using Settlement.StarterApi.Endpoints.Calendars;
using Settlement.StarterApi.Endpoints.Cases;
using Settlement.StarterApi.Endpoints.Docs;
using Settlement.StarterApi.Endpoints.Health;
using Settlement.StarterApi.Endpoints.Jobs;
using Settlement.StarterApi.Endpoints.Orphans;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Endpoints.Switches;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Hosting;

/// <summary>The order in which a request passes through the program, and where it ends.</summary>
public static class Pipeline
{
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
        {
            // Read now, so that a wrong seed file stops the program and not the first login.
            _ = app.Services.GetRequiredService<UserDirectory>();
            AuthEndpoints.Map(app);
        }

        SettlementsEndpoints.Map(app);
        AccountsEndpoints.Map(app);
        CaseEndpoints.Map(app);
        SwitchEndpoints.Map(app);
        CalendarEndpoints.Map(app);
        JobEndpoints.Map(app);
        OrphanEndpoints.Map(app);
        BankEndpoints.Map(app);
        HealthEndpoints.Map(app);
        DocsEndpoints.Map(app);
    }
}
