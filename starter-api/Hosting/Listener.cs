using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Settlement.StarterApi.Hosting;

/// <summary>The socket: address and port from <see cref="ApiOptions"/>, and limits that keep slow or greedy callers cheap.</summary>
public static class Listener
{
    public static void Configure(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes + 1;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 2_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        if (!IPAddress.TryParse(options.Host, out var address))
            throw new ConfigurationException($"Api:Host (API_HOST) '{options.Host}' is no IP address");
        kestrel.Listen(address, options.Port);
    }
}
