namespace Temporalio.DevServer.Visibility;

/// <summary>One word of a list filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; for strings and quoted names, without quotes and escapes.</param>
/// <param name="End">Offset just behind it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int End)
{
    /// <summary>True for the bare word <paramref name="keyword"/>, whatever its case.</summary>
    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the punctuation or operator <paramref name="symbol"/>.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
