using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Settlement.BankSimulator.Tests;

/// <summary>The bank inside the test process, on an in-memory server, with a folder of its own or a given one.</summary>
public sealed class InProcessBank : WebApplicationFactory<BankSimulatorOptions>
{
    private readonly TemporaryFolder? ownFolder;
    private readonly string stateDirectory;
    private readonly (string Key, string Value)[] settings;

    public InProcessBank(params (string Key, string Value)[] settings)
        : this(null, settings)
    {
    }

    public InProcessBank(TemporaryFolder? folder, params (string Key, string Value)[] settings)
    {
        ownFolder = folder is null ? new TemporaryFolder() : null;
        stateDirectory = (folder ?? ownFolder!).Path;
        this.settings = settings;
    }

    /// <summary>For fixtures that dispose of it in IAsyncLifetime.DisposeAsync, which the analyzer of ownership does not know.</summary>
    public static InProcessBank Create(params (string Key, string Value)[] settings) => new(settings);

    public RecordingCrashSwitch Crashes { get; } = new();

    /// <summary>A client that follows the bank's dialect.</summary>
    public BankCaller Call() => new(CreateClient());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Bank:StateDirectory", stateDirectory);
        foreach (var (key, value) in settings)
            builder.UseSetting("Bank:" + key, value);
        builder.ConfigureServices(services => services.AddSingleton<ICrashSwitch>(Crashes));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        ownFolder?.Dispose();
        GC.SuppressFinalize(this);
    }
}
