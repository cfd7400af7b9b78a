using System.Globalization;

namespace Settlement.Auditor.Bank;

/// <summary>Decimal strings in minor units, by ISO 4217 exponent. A table of its own: a wrong exponent in the system must not repeat here.</summary>
internal static class MinorUnits
{
    private static readonly HashSet<string> NoDecimals = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> ThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <exception cref="FormatException">It is no amount, or has more decimals than the currency.</exception>
    public static long Parse(string amount, string currency)
    {
        var minor = decimal.Parse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * Factor(currency);
        return minor == decimal.Truncate(minor) ? (long)minor : throw new FormatException($"{amount} has more decimals than {currency}.");
    }

    private static int Factor(string currency) => NoDecimals.Contains(currency) ? 1 : ThreeDecimals.Contains(currency) ? 1000 : 100;
}
