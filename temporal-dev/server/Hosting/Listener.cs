using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Temporalio.DevServer.Hosting;

/// <summary>
/// The port. HTTP/2 only: with prior knowledge, or over TLS by ALPN. (The HTTP JSON API and the Web UI will have a port of their own, and a folder beside this one.)
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    /// <summary>How long calls under way may take to end before their connections are cut.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly WebApplication app;

    private Listener(WebApplication app, string address)
    {
        this.app = app;
        Address = address;
    }

    /// <summary>Gets <c>host:port</c>, with the port that was chosen.</summary>
    public string Address { get; }

    /// <summary>Opens the port.</summary>
    /// <exception cref="ServerStartException">The address is none of this machine's, or the port is taken.</exception>
    public static async Task<Listener> OpenAsync(DevServerOptions options, ServerServices services, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddGrpc(ServerServices.Configure);
        // Signals are the program's business; in a test's process they are the test's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);
        builder.WebHost.UseKestrelCore();
        if (options.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var ip = ParseIp(options.Ip);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, ip, options));
        var app = builder.Build();
        app.UseRouting();
        services.Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or AddressInUseException)
        {
            await app.DisposeAsync();
            throw new ServerStartException(Explain(e, options), ExitCode.CannotListen, e);
        }
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new Listener(app, $"{(ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip)}:{bound.Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress ip, DevServerOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 4_096;
        // A worker process keeps dozens of polls open on one connection, and a client that may not open another stream waits in silence.
        limits.Http2.MaxStreamsPerConnection = 16_384;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromMinutes(1);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(30);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
        // The default gives a slow reader five seconds; a machine that builds and tests at once is slower than that.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(1));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(1));
        kestrel.Listen(ip, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.Tls is { } tls)
                listen.UseHttps(https => Configure(https, tls));
        });
    }

    private static void Configure(HttpsConnectionAdapterOptions https, DevServerTls tls)
    {
        https.ServerCertificate = tls.Certificate;
        https.ServerCertificateChain = tls.Intermediates;
        if (tls.ClientAuthorities is not { } authorities)
            return;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (certificate, _, errors) => IsFrom(authorities, certificate, errors);
    }

    private static bool IsFrom(X509Certificate2Collection authorities, X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }

    private static IPAddress ParseIp(string text) => text.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var ip) ? ip
        : throw new ServerStartException($"--ip '{text}' is no IP address", ExitCode.Usage);

    private static string Explain(Exception e, DevServerOptions options)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return $"port {options.Port} on {options.Ip} is in use: choose another with --port, or stop what listens there";
        }
        return $"cannot listen on {options.Ip}:{options.Port}: {e.Message}";
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
