using System.ComponentModel.DataAnnotations;

namespace Settlement.Activities.Banks;

/// <summary>How to reach one bank, from the section <c>Banks:NAME</c>.</summary>
public sealed class BankConnectionOptions
{
    /// <summary>Root of the bank's interface, http or https.</summary>
    [Required]
    public Uri? BaseAddress { get; set; }

    /// <summary>Longest wait for an answer in seconds, whatever the settlement allows.</summary>
    [Range(0.05, 300)]
    public double TimeoutSeconds { get; set; } = 30;

    /// <summary>Longest wait for a connection in seconds.</summary>
    [Range(0.05, 60)]
    public double ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>Longest answer in bytes that is read; a longer one is as good as none.</summary>
    [Range(1_024, 1 << 20)]
    public int MaxResponseBytes { get; set; } = 64 << 10;

    /// <summary>Connections to this bank at once.</summary>
    [Range(1, 1_000)]
    public int MaxConnections { get; set; } = 64;

    /// <summary>Our certificate for mutual TLS, PEM; null: none is shown.</summary>
    public string? ClientCertificatePath { get; set; }

    /// <summary>Private key of <see cref="ClientCertificatePath"/>, PEM; null: it is in the same file.</summary>
    public string? ClientKeyPath { get; set; }

    /// <summary>Certificates, PEM, one of which must have issued the bank's; null: the machine's trust store decides.</summary>
    public string? TrustedCaPath { get; set; }
}
