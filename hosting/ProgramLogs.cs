using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace Settlement.Hosting;

/// <summary>Serilog behind the framework's logging: console by default, files (with rotation) and levels from the section <c>Serilog</c>.</summary>
public static class ProgramLogs
{
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {RequestId}{NewLine}{Exception}";

    /// <summary>Replaces the framework's log providers.</summary>
    public static void UseSerilog(this ILoggingBuilder logging, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.ClearProviders();
        var serilog = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            // The program tells a wrong setting in one line and ends; the host's stack trace above it would hide that line.
            .Filter.ByExcluding(entry => entry.Exception is { } failure && ConfigurationFailure.Describe("", failure) is not null)
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, outputTemplate: Template)
            .ReadFrom.Configuration(configuration)
            .CreateLogger();
        logging.AddSerilog(serilog, dispose: true);
    }
}
