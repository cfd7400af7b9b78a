using System.Text;

namespace Temporalio.DevServer.Visibility;

/// <summary>The words of a search attribute of type Text: runs of letters and digits, in lower case.</summary>
internal static class TextWords
{
    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (word.Length > 0)
                Flush(words, word);
        }

        if (word.Length > 0)
            Flush(words, word);
        return words;
    }

    private static void Flush(HashSet<string> words, StringBuilder word)
    {
        words.Add(word.ToString());
        word.Clear();
    }
}
