using Settlement.Hosting;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Hosting;

/// <summary>Builds the program: settings, services, pipeline, routes. Tests build the same one.</summary>
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
        builder.Services.AddStarterApi(builder.Configuration);
        var app = builder.Build();
        app.UseStarterApi();
        app.MapStarterApi();
        return app;
    }
}
