using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Settlement.Activities.Banks;

/// <summary>All banks of this installation: the section <c>Banks</c>, one member per bank (environment: <c>Banks__NAME__BaseAddress</c>).</summary>
public sealed class BanksOptions
{
    public const string SectionName = "Banks";

    /// <summary>By bank name; case does not matter.</summary>
    public Dictionary<string, BankConnectionOptions> Banks { get; } = new(StringComparer.OrdinalIgnoreCase);
}

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

/// <summary>Checks every bank's settings at start; the first fault is named with its key.</summary>
public sealed class BanksOptionsValidator : IValidateOptions<BanksOptions>
{
    public ValidateOptionsResult Validate(string? name, BanksOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (bank, connection) in options.Banks)
        {
            if (Fault(connection) is { } fault)
                return ValidateOptionsResult.Fail($"{BanksOptions.SectionName}:{bank}: {fault}");
        }

        return ValidateOptionsResult.Success;
    }

    private static string? Fault(BankConnectionOptions connection)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(connection, new ValidationContext(connection), results, validateAllProperties: true))
            return results[0].ErrorMessage;
        if (connection.BaseAddress is not { IsAbsoluteUri: true } address || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            return "BaseAddress must be an absolute http or https address.";
        if (connection.ClientKeyPath is not null && connection.ClientCertificatePath is null)
            return "ClientKeyPath needs ClientCertificatePath.";
        foreach (var path in new[] { connection.ClientCertificatePath, connection.ClientKeyPath, connection.TrustedCaPath })
        {
            if (path is not null && !File.Exists(path))
                return $"the file {path} does not exist.";
        }

        return null;
    }
}
