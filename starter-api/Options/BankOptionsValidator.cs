using Microsoft.Extensions.Options;

namespace Settlement.StarterApi.Options;

/// <summary>Refuses secrets that could be guessed; the message names the bank and never the secret.</summary>
public sealed class BankOptionsValidator : IValidateOptions<BankOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, BankOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.SignatureToleranceSeconds is < 5 or > 3600)
            return ValidateOptionsResult.Fail("Banks:SignatureToleranceSeconds must be between 5 and 3600");
        var weak = options.MessageSecrets.Where(bank => bank.Value is null || bank.Value.Length < BankOptions.MinSecretLength).Select(bank => bank.Key).ToList();
        return weak.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Banks:MessageSecrets:{weak[0]} must have at least {BankOptions.MinSecretLength} characters");
    }
}
