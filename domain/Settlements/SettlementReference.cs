using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Settlement.Domain;

/// <summary>
/// The name people use: <c>S</c> + yyyymmdd + 10 characters of Crockford's base 32 (no I, L, O, U), 50 random bits.
/// The workflow id is <c>settlement-{reference}</c>.
/// </summary>
public static class SettlementReference
{
    public const int Length = 19;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int RandomCharacters = 10;
    private static readonly SearchValues<char> AlphabetCharacters = SearchValues.Create(Alphabet);

    /// <summary>A new reference for a business date.</summary>
    public static string New(DateOnly date)
    {
        Span<byte> random = stackalloc byte[RandomCharacters];
        RandomNumberGenerator.Fill(random);
        return Create(date, random);
    }

    /// <summary>The reference made of these bytes; each gives one character from its low five bits.</summary>
    public static string Create(DateOnly date, ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomCharacters)
            throw new ArgumentException($"{RandomCharacters} bytes are needed.", nameof(random));
        Span<char> text = stackalloc char[Length];
        text[0] = 'S';
        date.TryFormat(text[1..], out _, "yyyyMMdd", CultureInfo.InvariantCulture);
        for (var i = 0; i < RandomCharacters; i++)
            text[9 + i] = Alphabet[random[i] & 31];
        return new string(text);
    }

    /// <summary>Whether the text has the shape of a reference.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: Length }
        && text[0] == 'S'
        && DateOnly.TryParseExact(text.AsSpan(1, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text.AsSpan(9).IndexOfAnyExcept(AlphabetCharacters) < 0;

    /// <summary>The Temporal workflow id of the settlement.</summary>
    public static string WorkflowId(string reference) => $"settlement-{reference}";
}
