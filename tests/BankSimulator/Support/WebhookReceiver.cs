using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Settlement.BankSimulator.Tests;

/// <summary>The other end of the webhook: keeps what comes, and answers as it is told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private int refusals;

    private WebhookReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<(BankMessage Message, string Signature, byte[] Body)> Received { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>How many pushes are still answered with 503.</summary>
    public int RefuseNext { get => Volatile.Read(ref refusals); set => Volatile.Write(ref refusals, value); }

    public int Refused { get; private set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.MapPost("/messages", receiver.TakeAsync);
        await receiver.app.StartAsync();
        var addresses = receiver.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        receiver.Address = new Uri(addresses.Addresses.Single() + "/messages");
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            Refused++;
            return Results.StatusCode(503);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        Received.Enqueue((JsonSerializer.Deserialize<BankMessage>(bytes, BankJson.Options)!, request.Headers["X-Bank-Signature"].ToString(), bytes));
        return Results.Ok();
    }
}
