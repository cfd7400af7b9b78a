using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Settlement.Drills.Simulation;

/// <summary>
/// The wire between bank and API: passes the bank's pushed messages on byte for byte, with their signatures, or drops, delays, doubles and
/// reorders them while it is told to. What it drops or holds back it has acknowledged: the bank will not send it again.
/// </summary>
internal sealed class MessageChannel : IAsyncDisposable
{
    private const int LongestDelayMilliseconds = 2_500;
    private static readonly TimeSpan ForwardLimit = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource stop = new();
    private readonly List<Message> heldBack = [];
    private readonly Lock gate = new();
    private readonly Random random;
    private readonly WebApplication app;
    /// <summary>Null: everything passes.</summary>
    private volatile object? fault;
    private Task underWay = Task.CompletedTask;

    private MessageChannel(int seed)
    {
        random = new Random(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/{**path}", (Delegate)TakeAsync);
    }

    /// <summary>Where the bank is to push.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Where messages go.</summary>
    public Uri? Api { get; set; }

    public static async Task<MessageChannel> StartAsync(int seed)
    {
        var channel = new MessageChannel(seed);
        await channel.app.StartAsync();
        return channel;
    }

    /// <summary>From now on messages suffer this.</summary>
    public void Break(FaultKind kind) => fault = kind;

    /// <summary>Passes messages on again, first those that were held back, in another order.</summary>
    public void Mend()
    {
        fault = null;
        Message[] held;
        lock (gate)
        {
            held = [.. heldBack];
            heldBack.Clear();
            random.Shuffle(held);
        }

        foreach (var message in held)
            Later(message, 0);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Mend();
        await stop.CancelAsync();
        Task last;
        lock (gate)
            last = underWay;
        await last;
        await app.DisposeAsync();
        http.Dispose();
        stop.Dispose();
    }

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var message = new Message(context.Request.Path + context.Request.QueryString, context.Request.Headers["X-Bank-Signature"].ToString(), body.ToArray());
        switch (fault as FaultKind?)
        {
            case FaultKind.DropMessages:
                return Results.Ok();
            case FaultKind.DelayMessages:
                Later(message, Draw(LongestDelayMilliseconds));
                return Results.Ok();
            case FaultKind.DoubleMessages:
                Later(message, Draw(200));
                return await PassAsync(message, context.RequestAborted);
            case FaultKind.ReorderMessages:
                lock (gate)
                    heldBack.Add(message);
                return Results.Ok();
            default:
                return await PassAsync(message, context.RequestAborted);
        }
    }

    private int Draw(int below)
    {
        lock (gate)
            return random.Next(below);
    }

    private void Later(Message message, int milliseconds)
    {
        lock (gate)
            underWay = Task.WhenAll(underWay, DeliverAsync(message, milliseconds));
    }

    /// <summary>A message that was acknowledged early is delivered as long as the API can be expected back; then it is lost, as messages are.</summary>
    private async Task DeliverAsync(Message message, int milliseconds)
    {
        var until = DateTimeOffset.UtcNow + ForwardLimit;
        try
        {
            await Task.Delay(milliseconds, stop.Token);
            while (!await TryForwardAsync(message, stop.Token) && DateTimeOffset.UtcNow < until)
                await Task.Delay(200, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over; nobody waits for this message any more.
        }
    }

    private async Task<IResult> PassAsync(Message message, CancellationToken cancellationToken) =>
        await TryForwardAsync(message, cancellationToken) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    private async Task<bool> TryForwardAsync(Message message, CancellationToken cancellationToken)
    {
        if (Api is not { } api)
            return false;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, message.Path)) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Bank-Signature", message.Signature);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private sealed record Message(string Path, string Signature, byte[] Body);
}
