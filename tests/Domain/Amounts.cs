using FsCheck;
using FsCheck.Fluent;

namespace Settlement.Domain.Tests;

/// <summary>Generators: amounts of all sizes and signs, the ends of the range included, in currencies of every exponent.</summary>
internal static class Amounts
{
    public static readonly Gen<Currency> Currencies = Gen.Elements(Currency.Usd, Currency.Jpy, Currency.Bhd, Currency.Eur);

    public static readonly Gen<Money> Money =
        from currency in Currencies
        from minor in Gen.OneOf(
            Gen.Choose(-100_000, 100_000).Select(n => (long)n),
            ArbMap.Default.GeneratorFor<long>(),
            Gen.Elements(long.MaxValue, -long.MaxValue, 0L, 1L, -1L))
        where minor != long.MinValue
        select new Money(minor, currency);
}
