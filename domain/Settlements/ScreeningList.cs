using System.Collections.Frozen;
using System.Text;

namespace Settlement.Domain;

/// <summary>
/// One version of the compliance list. Screening fails closed: without a list, or with one older than
/// <see cref="MaxAge"/>, nothing passes.
/// </summary>
public sealed class ScreeningList
{
    /// <summary>A list older than this is as good as none.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly FrozenSet<string> names;
    private readonly FrozenSet<string> bics;
    private readonly FrozenSet<string> countries;

    public ScreeningList(long version, DateTimeOffset publishedAsOf, IEnumerable<string> names, IEnumerable<string> bics, IEnumerable<string> countries)
    {
        Version = version;
        PublishedAsOf = publishedAsOf;
        this.names = names.Select(Normalise).ToFrozenSet();
        this.bics = bics.Select(bic => bic.ToUpperInvariant()).ToFrozenSet();
        this.countries = countries.Select(country => country.ToUpperInvariant()).ToFrozenSet();
    }

    public long Version { get; }

    public DateTimeOffset PublishedAsOf { get; }

    /// <summary>What the list says of a party: null if nothing, else which field hit (never which entry: that is not for callers).</summary>
    /// <param name="list">The newest list, or null if there is none.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="name">Name of the party.</param>
    /// <param name="bic">8 or 11 characters, or null; a listed 8-character BIC hits all its branches.</param>
    /// <param name="country">ISO 3166 alpha-2, or null; the BIC's own country is screened as well.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.ComplianceListUnavailable"/>.</exception>
    public static string? Screen(ScreeningList? list, DateTimeOffset asOf, string name, string? bic, string? country)
    {
        if (list is null || asOf - list.PublishedAsOf > MaxAge)
            throw new SettlementException(SettlementFailure.ComplianceListUnavailable, "The screening list is missing or older than a day.");
        if (list.names.Contains(Normalise(name)))
            return "name";
        if (country is not null && list.countries.Contains(country.ToUpperInvariant()))
            return "country";
        if (bic is not { Length: 8 or 11 })
            return null;
        var upper = bic.ToUpperInvariant();
        if (list.countries.Contains(upper[4..6]))
            return "country";
        return list.bics.Contains(upper) || list.bics.Contains(upper[..8]) ? "bic" : null;
    }

    /// <summary>Letters and digits only, without accents, in capitals: "Evil-Corp, Ltd." and "ÉVIL CORP LTD" are one name. Combining accents are no letters and fall away.</summary>
    private static string Normalise(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name.Where(char.IsLetterOrDigit))
            text.Append(LatinFolding.Fold(character));

        return text.ToString();
    }
}
