using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace Settlement.StarterApi.Options;

/// <summary>Banks that may push messages: section <c>Banks</c>, one child per bank id.</summary>
public sealed class BankOptions
{
    public const string SectionName = "Banks";

    /// <summary>Shortest secret that is taken.</summary>
    public const int MinSecretLength = 16;

    /// <summary>
    /// Shared secret of each bank's message signature, by bank id: <c>Banks:MessageSecrets:{bank}</c>, environment
    /// <c>Banks__MessageSecrets__{bank}</c>, or all at once in <c>BANK_MESSAGE_SECRETS</c> (<c>bank=secret;bank=secret</c>). A bank without one cannot push; its outcomes are asked for instead.
    /// </summary>
    public Dictionary<string, string> MessageSecrets { get; } = new(StringComparer.Ordinal);

    /// <summary>How far a message's time of sending may lie from our clock, in seconds.</summary>
    [Range(5, 3600, ErrorMessage = "Banks:SignatureToleranceSeconds must be between {1} and {2}")]
    public int SignatureToleranceSeconds { get; set; } = 300;
}

/// <summary>Refuses secrets that could be guessed; the message names the bank and never the secret.</summary>
public sealed class BankOptionsValidator : IValidateOptions<BankOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, BankOptions options)
    {
        var weak = options.MessageSecrets.Where(bank => bank.Value is null || bank.Value.Length < BankOptions.MinSecretLength).Select(bank => bank.Key).ToList();
        return weak.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Banks:MessageSecrets:{weak[0]} must have at least {BankOptions.MinSecretLength} characters");
    }
}

/// <summary>Secrets of all banks in one environment variable: <c>bank=secret;bank=secret</c>.</summary>
public static class BankMessageSecrets
{
    public const string Variable = "BANK_MESSAGE_SECRETS";

    /// <summary>Adds one key per bank, <c>Banks:MessageSecrets:{bank}</c>.</summary>
    /// <exception cref="ConfigurationException">The variable holds something else; the message does not show it.</exception>
    public static void AddTo(IConfigurationBuilder configuration, IDictionary environment)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (bank, secret) in Pairs(environment[Variable] as string))
            values[$"{BankOptions.SectionName}:{nameof(BankOptions.MessageSecrets)}:{bank}"] = secret;
        configuration.AddInMemoryCollection(values);
    }

    private static IEnumerable<(string Bank, string Secret)> Pairs(string? text)
    {
        foreach (var pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // At the first equals sign: base64 ends with them.
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new ConfigurationException($"{Variable} must be bank=secret pairs, separated by semicolons");
            yield return (pair[..at], pair[(at + 1)..]);
        }
    }
}
