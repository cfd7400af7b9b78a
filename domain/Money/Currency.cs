using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// An active currency of ISO 4217 with its exponent, the number of decimals of its minor unit (JPY 0, USD 2, BHD 3).
/// There is one instance per code, so reference equality is equality. Fund codes, metals and test codes are not served.
/// </summary>
[JsonConverter(typeof(CurrencyJsonConverter))]
public sealed class Currency
{
    private const string WithoutMinorUnit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    private const string WithTwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE " +
        "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR " +
        "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB " +
        "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY " +
        "TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, Currency> Table =
        Rows(WithoutMinorUnit, 0).Concat(Rows(WithTwoDecimals, 2)).Concat(Rows(WithThreeDecimals, 3))
            .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    public static readonly Currency Usd = Of("USD");
    public static readonly Currency Eur = Of("EUR");
    public static readonly Currency Gbp = Of("GBP");
    public static readonly Currency Jpy = Of("JPY");
    public static readonly Currency Bhd = Of("BHD");
    public static readonly Currency Sar = Of("SAR");

    private Currency(string code, int exponent)
    {
        Code = code;
        Exponent = exponent;
        MinorPerMajor = exponent switch { 0 => 1, 2 => 100, 3 => 1000, _ => throw new ArgumentOutOfRangeException(nameof(exponent)) };
    }

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Decimals of the minor unit: 0, 2 or 3.</summary>
    public int Exponent { get; }

    /// <summary>Minor units in one major unit: 1, 100 or 1000.</summary>
    public long MinorPerMajor { get; }

    /// <summary>All currencies, by code.</summary>
    public static IEnumerable<Currency> All => Table.Values.OrderBy(currency => currency.Code, StringComparer.Ordinal);

    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownCurrency"/>.</exception>
    public static Currency Of(string code) => TryGet(code, out var currency)
        ? currency
        : throw new SettlementException(SettlementFailure.UnknownCurrency, "The currency is not an active ISO 4217 code in capitals.");

    public static bool TryGet(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is { Length: 3 } && Table.TryGetValue(code, out currency);
    }

    public override string ToString() => Code;

    private static IEnumerable<Currency> Rows(string codes, int exponent) =>
        codes.Split(' ').Select(code => new Currency(code, exponent));
}

/// <summary>A currency is its code, a plain JSON string.</summary>
public sealed class CurrencyJsonConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Currency.TryGet(reader.GetString(), out var currency)
            ? currency
            : throw new JsonException("The currency is not an active ISO 4217 code in capitals.");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
