using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>Rules between settings; a wrong value stops the program with a line that names it.</summary>
public sealed class BankSimulatorOptionsValidator : IValidateOptions<BankSimulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, BankSimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.WebhookUrl is { } url)
        {
            if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                return ValidateOptionsResult.Fail("Bank:WebhookUrl must be an absolute http or https address.");
            if (options.WebhookSecret is not { Length: >= 16 })
                return ValidateOptionsResult.Fail("Bank:WebhookSecret must have at least 16 characters when Bank:WebhookUrl is set.");
        }

        return options.WebhookRetryMs > options.WebhookRetryMaxMs
            ? ValidateOptionsResult.Fail("Bank:WebhookRetryMs must not exceed Bank:WebhookRetryMaxMs.")
            : ValidateOptionsResult.Success;
    }
}
