using Settlement.StarterApi.Endpoints.Accounts;
using Settlement.StarterApi.Endpoints.Auth;
using Settlement.StarterApi.Endpoints.BankMessages;
using Settlement.StarterApi.Endpoints.Calendars;
using Settlement.StarterApi.Endpoints.Cases;
using Settlement.StarterApi.Endpoints.Jobs;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Endpoints.Switches;

namespace Settlement.StarterApi.Hosting;

/// <summary>Builds the program: settings, services, the order in which a request passes through it, and where it ends. Tests build the same one.</summary>
public static class StarterApiHost
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var environment = Environment.GetEnvironmentVariables();
        EnvironmentNames.AddTo(builder.Configuration, environment, ApiOptions.EnvironmentNames);
        BankMessageSecrets.AddTo(builder.Configuration, environment);
        builder.Logging.UseSerilog(builder.Configuration);
        builder.WebHost.ConfigureKestrel(Listener.Configure);
        builder.Services.AddStarterApi();
        var app = builder.Build();
        Use(app);
        Map(app);
        return app;
    }

    private static void Use(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            RequestIds.Assign(context);
            SecurityHeaders.Apply(context);
            // The framework's own log scope has taken the id that the connection gave it; the inner one wins.
            using (app.Logger.BeginScope(new Dictionary<string, object> { ["RequestId"] = context.TraceIdentifier }))
                await next(context);
        });
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    private static void Map(WebApplication app)
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

/// <summary>Headers that every answer carries. The documentation page has a content policy of its own.</summary>
public static class SecurityHeaders
{
    /// <summary>Nothing may be loaded, framed or executed: answers are data.</summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestIds.Header] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = DataPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
    }
}
