using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>
/// An exact amount: 64-bit minor units of one currency. Arithmetic is checked and refuses to mix currencies; there is
/// no rounding anywhere. JSON: <c>{"amount":"7524.00","currency":"USD"}</c>.
/// </summary>
/// <param name="AmountMinor">Minor units; may be negative (a debit).</param>
/// <param name="Currency">Of which currency.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public sealed record Money(long AmountMinor, Currency Currency) : IComparable<Money>
{
    /// <summary>Digits of <see cref="long.MaxValue"/>: longer texts are refused before they are read.</summary>
    private const int MaxDigits = 19;

    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsPositive => AmountMinor > 0;

    public bool IsZero => AmountMinor == 0;

    /// <summary>
    /// Reads a decimal string in major units: an optional minus, digits without leading zeros or separators, and at most
    /// as many decimals as the currency has.
    /// </summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.InvalidRequest"/>, <see cref="SettlementFailure.CurrencyExponent"/> or
    /// <see cref="SettlementFailure.AmountTooLarge"/>.
    /// </exception>
    public static Money Parse(string text, Currency currency)
    {
        var failure = Read(text, currency, out var money);
        return failure is null ? money! : throw new SettlementException(failure.Value, failure.Value switch
        {
            SettlementFailure.CurrencyExponent => $"{currency.Code} has {currency.Exponent} decimals; the amount has more.",
            SettlementFailure.AmountTooLarge => "The amount is larger than this system can hold.",
            _ => "An amount is a decimal string in major units, such as \"7524.00\".",
        });
    }

    /// <inheritdoc cref="Parse"/>
    /// <returns>False, with the reason, where <see cref="Parse"/> throws.</returns>
    public static bool TryParse(string? text, Currency currency, [NotNullWhen(true)] out Money? money, out SettlementFailure? failure)
    {
        failure = Read(text, currency, out money);
        return failure is null;
    }

    /// <summary>
    /// Quantity times price, exactly. The product is computed without limits of precision; if it does not come out in
    /// whole minor units it is refused rather than rounded: who rounds decides whose money the rest is.
    /// </summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.AmountNotPositive"/>, <see cref="SettlementFailure.AmountNotExact"/> or
    /// <see cref="SettlementFailure.AmountTooLarge"/>.
    /// </exception>
    public static Money ForPurchase(decimal quantity, decimal price, Currency currency)
    {
        if (quantity <= 0 || price <= 0)
            throw new SettlementException(SettlementFailure.AmountNotPositive, "Quantity and price must be positive.");
        var (quantityUnscaled, quantityScale) = Unscaled(quantity);
        var (priceUnscaled, priceScale) = Unscaled(price);
        var minor = quantityUnscaled * priceUnscaled * currency.MinorPerMajor;
        var quotient = BigInteger.DivRem(minor, BigInteger.Pow(10, quantityScale + priceScale), out var rest);
        if (!rest.IsZero)
            throw new SettlementException(SettlementFailure.AmountNotExact,
                $"Quantity times price has more than the {currency.Exponent} decimals of {currency.Code}.");
        return quotient <= long.MaxValue
            ? new Money((long)quotient, currency)
            : throw new SettlementException(SettlementFailure.AmountTooLarge, "The amount is larger than this system can hold.");
    }

    /// <summary>The decimal string in major units with all decimals of the currency, for example <c>7524.00</c>.</summary>
    public string ToDecimalString()
    {
        if (Currency.Exponent == 0)
            return AmountMinor.ToString(CultureInfo.InvariantCulture);
        var magnitude = AmountMinor < 0 ? unchecked((ulong)-AmountMinor) : (ulong)AmountMinor;
        var (major, minor) = Math.DivRem(magnitude, (ulong)Currency.MinorPerMajor);
        var decimals = minor.ToString(CultureInfo.InvariantCulture).PadLeft(Currency.Exponent, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{(AmountMinor < 0 ? "-" : "")}{major}.{decimals}");
    }

    public override string ToString() => $"{ToDecimalString()} {Currency.Code}";

    /// <summary>
    /// Splits by weights so that the parts add up to the whole: each gets its share rounded towards zero, and the minor
    /// units left go one each to the largest remainders (ties: to the earlier part).
    /// </summary>
    public IReadOnlyList<Money> Split(params ReadOnlySpan<long> weights) => LargestRemainder.Split(this, weights);

    public int CompareTo(Money? other) => other is null ? 1 : AmountMinor.CompareTo(Same(other).AmountMinor);

    public static Money operator +(Money left, Money right) => Exact(() => checked(left.AmountMinor + left.Same(right).AmountMinor), left.Currency);

    public static Money operator -(Money left, Money right) => Exact(() => checked(left.AmountMinor - left.Same(right).AmountMinor), left.Currency);

    public static Money operator -(Money money) => Exact(() => checked(-money.AmountMinor), money.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    private static SettlementFailure? Read(string? text, Currency currency, out Money? money)
    {
        money = null;
        if (string.IsNullOrEmpty(text))
            return SettlementFailure.InvalidRequest;
        var negative = text[0] == '-';
        var digits = text.AsSpan(negative ? 1 : 0);
        var point = digits.IndexOf('.');
        var major = point < 0 ? digits : digits[..point];
        var minor = point < 0 ? [] : digits[(point + 1)..];
        if (major.IsEmpty || (point >= 0 && minor.IsEmpty) || (major.Length > 1 && major[0] == '0')
            || major.ContainsAnyExceptInRange('0', '9') || minor.ContainsAnyExceptInRange('0', '9'))
            return SettlementFailure.InvalidRequest;
        if (minor.Length > currency.Exponent)
            return SettlementFailure.CurrencyExponent;
        if (major.Length > MaxDigits)
            return SettlementFailure.AmountTooLarge;
        var whole = Int128.Parse(major, NumberStyles.None, CultureInfo.InvariantCulture) * currency.MinorPerMajor;
        if (!minor.IsEmpty)
            whole += long.Parse(minor, CultureInfo.InvariantCulture) * (currency.Exponent - minor.Length) switch { 0 => 1, 1 => 10, _ => 100 };
        if (whole > long.MaxValue)
            return SettlementFailure.AmountTooLarge;
        money = new Money(negative ? -(long)whole : (long)whole, currency);
        return null;
    }

    private static (BigInteger Unscaled, int Scale) Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var unscaled = (new BigInteger((uint)bits[2]) << 64) | (new BigInteger((uint)bits[1]) << 32) | (uint)bits[0];
        return (unscaled, (bits[3] >> 16) & 0xFF);
    }

    private static Money Exact(Func<long> compute, Currency currency)
    {
        try
        {
            return new Money(compute(), currency);
        }
        catch (OverflowException exception)
        {
            throw new SettlementException(SettlementFailure.AmountTooLarge, "The sum is larger than this system can hold.", exception);
        }
    }

    private Money Same(Money other) => ReferenceEquals(Currency, other.Currency)
        ? other
        : throw new SettlementException(SettlementFailure.CurrencyMismatch, $"{Currency.Code} and {other.Currency.Code} cannot be combined.");
}

/// <summary>Money as <c>{"amount":"7524.00","currency":"USD"}</c>; a JSON number as amount is refused, since it need not be exact.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Money is an object with amount and currency.");
        string? amount = null, code = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                throw new JsonException("Amount and currency are strings.");
            if (name == "amount")
                amount = reader.GetString();
            else if (name == "currency")
                code = reader.GetString();
            else
                throw new JsonException("Money has no member but amount and currency.");
        }

        if (!Currency.TryGet(code, out var currency) || !Money.TryParse(amount, currency, out var money, out _))
            throw new JsonException("Money needs an exact amount in major units and an ISO 4217 currency.");
        return money;
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.ToDecimalString());
        writer.WriteString("currency", value.Currency.Code);
        writer.WriteEndObject();
    }
}
