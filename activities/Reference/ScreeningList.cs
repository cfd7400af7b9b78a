using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Reference;

/// <summary>
/// One version of the compliance list: names, BICs, countries. It fails closed: without a list, or with one older than a
/// day, nothing passes. A name is compared without case, accents and punctuation.
/// </summary>
public sealed class ScreeningList(ScreeningListVersion version)
{
    /// <summary>Older than this it says nothing about today.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly FrozenSet<string> names = version.Names.Select(Normal).ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> bics = version.Bics.Select(bic => bic[..Math.Min(8, bic.Length)].ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> countries = version.Countries.Select(country => country.ToUpperInvariant()).ToFrozenSet(StringComparer.Ordinal);

    public long Version => version.Version;

    /// <summary>What was found, in words that name no person; null if nothing was.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.ComplianceListUnavailable"/>.</exception>
    public static string? Hit(ScreeningList? list, SettlementTransaction settlement, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        if (list is null)
            throw new SettlementException(SettlementFailure.ComplianceListUnavailable, "No screening list has been published.");
        return list.IsOutdated(asOf)
            ? throw new SettlementException(SettlementFailure.ComplianceListUnavailable, $"Screening list {list.Version} is older than a day.")
            : list.Find(settlement);
    }

    private bool IsOutdated(DateTimeOffset asOf) => asOf - version.PublishedAsOf > MaxAge;

    private string? Find(SettlementTransaction settlement)
    {
        if (names.Contains(Normal(settlement.CreditorName)))
            return $"the creditor's name is on screening list {Version}";
        if (settlement.CreditorBic is { Length: >= 8 } bic && bics.Contains(bic[..8]))
            return $"the creditor's bank is on screening list {Version}";
        return settlement.CreditorCountry is { } country && countries.Contains(country)
            ? $"the creditor's country is on screening list {Version}"
            : null;
    }

    private static string Normal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(character))
                text.Append(char.ToUpperInvariant(character));
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }
}
