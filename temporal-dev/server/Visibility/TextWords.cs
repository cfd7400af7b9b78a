using System.Text;

namespace Temporalio.DevServer.Visibility;

/// <summary>The words of a search attribute of type Text: runs of letters and digits, in lower case.</summary>
internal static class TextWords
{
    /// <summary>A rune is at most two UTF-16 units, in lower case too.</summary>
    private const int UnitsPerRune = 2;

    private const int OnStack = 256;

    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var units = text.Length * UnitsPerRune;
        var word = units <= OnStack ? stackalloc char[OnStack] : new char[units];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
            else
                Flush(words, word, ref length);
        }

        Flush(words, word, ref length);
        return words;
    }

    private static void Flush(HashSet<string> words, ReadOnlySpan<char> word, ref int length)
    {
        if (length > 0)
            words.Add(word[..length].ToString());
        length = 0;
    }
}
