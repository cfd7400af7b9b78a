using System.Globalization;
using System.Text.RegularExpressions;

namespace Settlement.BankSimulator;

/// <summary>Amounts as decimal strings with the decimals of ISO 4217. The bank keeps its own table: it is another firm than its callers.</summary>
public static partial class CurrencyRules
{
    private static readonly HashSet<string> WithoutDecimals =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDecimals = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>Number of decimals of a currency.</summary>
    public static int Decimals(string currency) =>
        WithoutDecimals.Contains(currency) ? 0 : WithThreeDecimals.Contains(currency) ? 3 : 2;

    public static bool IsCode(string? currency) => currency is not null && CodePattern().IsMatch(currency);

    /// <summary>Parses digits with at most the currency's decimals, at most 15 digits before the point; a sign only if allowed.</summary>
    public static bool TryParse(string? text, string currency, bool allowSign, out decimal amount)
    {
        amount = 0;
        if (text is null || !AmountPattern().IsMatch(text) || (text[0] == '-' && !allowSign))
            return false;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && text.Length - point - 1 > Decimals(currency))
            return false;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    /// <summary>Writes an amount with exactly the currency's decimals.</summary>
    public static string Format(decimal amount, string currency) =>
        amount.ToString("F" + Decimals(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\A-?[0-9]{1,15}(\.[0-9]{1,4})?\z")]
    private static partial Regex AmountPattern();
}
