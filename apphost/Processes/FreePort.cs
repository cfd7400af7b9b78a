using System.Net;
using System.Net.Sockets;

namespace Settlement.AppHost.Processes;

/// <summary>Finds TCP ports on 127.0.0.1 that nobody listens on.</summary>
public static class FreePort
{
    private const int Attempts = 200;

    /// <summary>The first free port at or above <paramref name="preferred"/> that is not in <paramref name="taken"/>.</summary>
    /// <exception cref="InvalidOperationException">200 ports in a row are taken.</exception>
    public static int AtOrAbove(int preferred, ISet<int> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        for (var port = preferred; port < preferred + Attempts; port++)
        {
            if (!taken.Contains(port) && IsFree(port))
            {
                taken.Add(port);
                return port;
            }
        }

        throw new InvalidOperationException($"No free port from {preferred} to {preferred + Attempts - 1}.");
    }

    /// <summary>Any free port, chosen by the kernel.</summary>
    public static int Any()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.ExclusiveAddressUse = true;
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
