using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Settlement.Activities.Tests.Banks;

/// <summary>The bank simulator as its own process, one for all tests of a class; each test uses a creditor account of its own.</summary>
public sealed class BankOnAPort : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bank-client-test-");
    private readonly HttpClient http;
    private Process? process;

    public BankOnAPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Settlement.BankSimulator.dll") },
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["Bank__StateDirectory"] = folder.FullName;
        process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var limit = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process.HasExited || limit.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException("The bank simulator did not start.");
            await Task.Delay(50);
        }
    }

    /// <summary>Scripts the payments to a creditor account; <paramref name="step"/> is JSON.</summary>
    public async Task ScriptAsync(string creditor, string step)
    {
        var script = new JsonObject
        {
            ["match"] = new JsonObject { ["creditor_account"] = creditor },
            ["steps"] = new JsonArray(JsonNode.Parse(step)),
        };
        using var response = await http.PostAsJsonAsync("scripts", script);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        folder.Delete(recursive: true);
    }

    public void Dispose()
    {
        process?.Dispose();
        http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await http.GetAsync("health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
