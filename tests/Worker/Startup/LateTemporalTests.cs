using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Worker.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Worker.Tests.Startup;

/// <summary>After a power cut everything starts at once: a worker that is there before Temporal waits for it, and works when it comes.</summary>
[Collection(WorkerCollection.Name)]
public sealed class LateTemporalTests(RunningWorker worker)
{
    /// <summary>Long enough for several refused connections.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Start_BeforeTemporal_WaitsForItAndServes()
    {
        var logFile = Path.GetTempFileName();
        await using var server = TemporalServer.Embedded(FreePort.Any(), databaseUrl: null, logFile);
        var starting = worker.StartAnotherAsync($"--Temporal:Address={server.Address}");
        await Task.WhenAny(starting, Task.Delay(Late));
        starting.IsCompleted.ShouldBeFalse("nothing listens yet");

        await server.StartAsync(CancellationToken.None);

        var late = await starting.WaitAsync(TimeSpan.FromMinutes(1));
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(late.Urls.Single()) };
            (await http.GetAsync("/health/ready")).IsSuccessStatusCode.ShouldBeTrue();
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address));
            (await client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = "default" })).CustomAttributes.Keys
                .ShouldContain(SettlementSearchAttributes.All[0].Name);
        }
        finally
        {
            await RunningWorker.StopAsync(late);
            File.Delete(logFile);
        }
    }
}
