using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Settlement.Activities.Banks;

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
