using Serilog;

namespace Settlement.StarterApi.Hosting;

/// <summary>Serilog behind the framework's logging, console by default, files and levels from the <c>Serilog</c> section.</summary>
public static class Logs
{
    public static void AddStarterApiLogs(this ILoggingBuilder logging, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.ClearProviders();
        var serilog = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", Serilog.Events.LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {RequestId}{NewLine}{Exception}")
            .ReadFrom.Configuration(configuration)
            .CreateLogger();
        logging.AddSerilog(serilog, dispose: true);
    }
}
