using System.Collections;
using Settlement.Hosting;

namespace Settlement.StarterApi.Options;

/// <summary>Secrets of all banks in one environment variable: <c>bank=secret;bank=secret</c>.</summary>
public static class BankMessageSecrets
{
    public const string Variable = "BANK_MESSAGE_SECRETS";

    /// <summary>Adds one key per bank, <c>Banks:MessageSecrets:{bank}</c>.</summary>
    /// <exception cref="ConfigurationException">The variable holds something else; the message does not show it.</exception>
    public static void AddTo(IConfigurationBuilder configuration, IDictionary environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
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
