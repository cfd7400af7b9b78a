namespace Settlement.Domain;

/// <summary>Largest-remainder (Hamilton) apportionment in exact integer arithmetic.</summary>
internal static class LargestRemainder
{
    public static IReadOnlyList<Money> Split(Money whole, ReadOnlySpan<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            total += weight;
        }

        if (total == 0)
            throw new ArgumentException("At least one weight must be positive.", nameof(weights));

        var parts = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        Int128 assigned = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var (share, remainder) = Int128.DivRem((Int128)whole.AmountMinor * weights[i], total);
            parts[i] = (long)share;
            remainders[i] = Int128.Abs(remainder);
            assigned += share;
        }

        // Fewer units are left than parts have a remainder, because each remainder is below one unit.
        var left = (int)(whole.AmountMinor - assigned);
        var order = Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i);
        foreach (var i in order.Take(Math.Abs(left)))
            parts[i] += Math.Sign(left);
        return Array.ConvertAll(parts, part => new Money(part, whole.Currency));
    }
}
