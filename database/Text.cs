namespace Settlement.Database;

/// <summary>Bounds texts that come from outside to their column.</summary>
internal static class Text
{
    /// <summary>The text cut to a length, never between the two halves of a character.</summary>
    public static string? Clip(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength)
            return text;
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..end];
    }
}
