using System.Globalization;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints;

/// <summary>Numbers of the database as the interface shows them: exact decimal strings.</summary>
public static class MoneyText
{
    /// <summary>Minor units as a decimal string in major units, with all decimals of the currency.</summary>
    public static string Of(long minor, string currency) => new Money(minor, Currency.Of(currency)).ToDecimalString();

    /// <summary>A quantity or price without trailing zeros.</summary>
    public static string? Of(decimal? value) => value?.ToString("0.########", CultureInfo.InvariantCulture);
}
