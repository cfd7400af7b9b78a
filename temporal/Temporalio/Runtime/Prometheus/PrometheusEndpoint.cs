using System.Net;
using System.Text;

namespace Temporalio.Runtime.Prometheus;

/// <summary>Serves metrics over HTTP until its runtime is collected.</summary>
internal sealed class PrometheusEndpoint : IDisposable
{
    private readonly HttpListener listener = new();

    /// <summary>Initializes a new instance of the <see cref="PrometheusEndpoint"/> class and listens.</summary>
    /// <param name="bindAddress"><c>IP:port</c>.</param>
    /// <param name="render">Writes the metrics.</param>
    /// <exception cref="ArgumentException">The address is none.</exception>
    /// <exception cref="InvalidOperationException">The address is taken.</exception>
    internal PrometheusEndpoint(string bindAddress, Func<string> render)
    {
        if (!IPEndPoint.TryParse(bindAddress, out var address) || address.Port == 0)
        {
            throw new ArgumentException($"Prometheus needs an address and a port to listen on, not '{bindAddress}'", nameof(bindAddress));
        }
        var host = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any) ? "*" : new IPEndPoint(address.Address, 0).ToString()[..^2];
        listener.Prefixes.Add($"http://{host}:{address.Port}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException e)
        {
            throw new InvalidOperationException($"Prometheus cannot listen on {bindAddress}: {e.Message}", e);
        }
        _ = Task.Run(() => ServeAsync(listener, render));
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Close();

    private static async Task ServeAsync(HttpListener listener, Func<string> render)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed: there is nobody left to serve.
                return;
            }
            await AnswerAsync(context, render).ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context, Func<string> render)
    {
        try
        {
            using var response = context.Response;
            if (context.Request.Url?.AbsolutePath != "/metrics")
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                return;
            }
            var body = Encoding.UTF8.GetBytes(render());
            response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            response.ContentLength64 = body.Length;
            await response.OutputStream.WriteAsync(body).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The reader went away in the middle; it will ask again.
            context.Response.Abort();
        }
    }
}
