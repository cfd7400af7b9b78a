using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Temporalio.DevServer;

/// <summary>How a server runs. The defaults are those of a test: in memory, on a free port of this machine.</summary>
public sealed record DevServerOptions
{
    /// <summary>Gets the address to listen on: an IP address or <c>localhost</c>.</summary>
    public string Ip { get; init; } = "127.0.0.1";

    /// <summary>Gets the port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Gets the namespaces that exist after the start. <c>default</c> always does.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Gets the search attributes that each of <see cref="Namespaces"/> has after the start.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; init; } = new Dictionary<string, IndexedValueType>();

    /// <summary>Gets the Npgsql connection string of the database that keeps everything; null keeps it in memory until the end.</summary>
    public string? Database { get; init; }

    /// <summary>Gets how long to wait for another server to leave the database.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets whether time can skip. A server that can serves the test service, too.</summary>
    public TimeSkipping TimeSkipping { get; init; }

    /// <summary>Gets the certificates for TLS; null serves without.</summary>
    public DevServerTls? Tls { get; init; }

    /// <summary>
    /// Gets how long a namespace keeps closed workflows unless it says otherwise; null for a day, or, where time can skip, for a hundred years: a test that
    /// lets weeks pass looks at what ended in the first.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Gets what <see cref="Retention"/> comes to.</summary>
    internal TimeSpan EffectiveRetention => Retention ?? (TimeSkipping == TimeSkipping.None ? TimeSpan.FromDays(1) : TimeSpan.FromDays(36_500));

    /// <summary>Gets after how many events of history a workflow is told to continue as new; null for the real server's default.</summary>
    public int? SuggestContinueAsNewAfter { get; init; }

    /// <summary>Gets the factory of loggers; null logs nothing. It is the caller's to dispose.</summary>
    public ILoggerFactory? Logs { get; init; }
}

/// <summary>Certificates of a server.</summary>
public sealed record DevServerTls
{
    /// <summary>Gets the server's certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Gets the intermediates to send with it.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    /// <summary>Gets the authorities of which every client must show a certificate (mTLS); null lets clients come without.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }
}

/// <summary>Whether a server's time can skip.</summary>
public enum TimeSkipping
{
    /// <summary>Time is the machine's.</summary>
    None,

    /// <summary>Time can skip, and does not until somebody unlocks it: the counter begins with 1.</summary>
    Locked,

    /// <summary>Time skips from the start: the counter begins with 0.</summary>
    Unlocked,
}
