using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Serilog;

namespace Settlement.BankSimulator;

/// <summary>Puts the bank together.</summary>
internal static class BankSimulatorApp
{
    /// <summary>Largest request body in bytes.</summary>
    private const long MaxBodyBytes = 256 << 10;

    public static void AddBank(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .MinimumLevel.Is(Serilog.Events.LogEventLevel.Information)
                .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
                .MinimumLevel.Override("System", Serilog.Events.LogEventLevel.Warning)
                .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
                .CreateLogger(),
            dispose: true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 4_096;
            kestrel.AddServerHeader = false;
        });

        var services = builder.Services;
        services.AddOptions<BankSimulatorOptions>().BindConfiguration(BankSimulatorOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BankSimulatorOptions>, BankSimulatorOptionsValidator>();
        services.ConfigureHttpJsonOptions(json => BankJson.Configure(json.SerializerOptions));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Explain);
        // A body that cannot be read is thrown rather than answered bare, so that the answer can say where.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Bank simulator";
            document.Info.Description = "A bank with books of its own. Behaviour is scripted; see README.md.";
            // Where it happens to listen is no part of the description.
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));
        services.AddHttpClient(MessageCourier.ClientName).RemoveAllLoggers();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICrashSwitch, ProcessCrashSwitch>();
        services.AddSingleton<BankClock>();
        services.AddSingleton<BankBooks>();
        services.AddSingleton(provider => new ScriptReader(new BankBehaviour
        {
            DecideAfterMs = provider.GetRequiredService<IOptions<BankSimulatorOptions>>().Value.SettleInAnswer ? null : 0,
        }));
        services.AddSingleton<Decisions>();
        services.AddSingleton<PaymentDesk>();
        services.AddSingleton<EnquiryDesk>();
        services.AddSingleton<RecallDesk>();
        services.AddSingleton<ReturnDesk>();
        services.AddHostedService<DueDecisions>();
        services.AddHostedService<MessageCourier>();
    }

    public static void MapBank(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
            // What a caller got wrong before a handler ran is the caller's fault, not ours.
            StatusCodeSelector = error => error switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                IOException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseStatusCodePages();
        app.MapOpenApi("/openapi.json");
        app.MapPayments();
        app.MapBooks();
        app.MapControl();
        // The books are opened before the port is: who can connect talks to a bank that remembers.
        app.Services.GetRequiredService<BankBooks>();
        var options = app.Services.GetRequiredService<IOptions<BankSimulatorOptions>>().Value;
        BankLog.Listening(app.Logger, options.Name, options.WebhookUrl?.ToString() ?? "none");
    }
}
