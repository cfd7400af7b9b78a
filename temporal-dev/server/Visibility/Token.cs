namespace Temporalio.DevServer.Visibility;

/// <summary>One word of a list filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; for strings and quoted names, without quotes and escapes.</param>
/// <param name="End">Offset just behind it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int End)
{
    private static readonly HashSet<string> Keywords = new(
        ["and", "or", "not", "in", "is", "null", "true", "false", "between", "like", "regexp", "having", "group", "order", "by", "limit", "select", "from", "where", "exists", "as", "asc", "desc"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>How a syntax error shows it: nothing for a symbol or the end, keywords in lower case.</summary>
    public string Near => Kind is TokenKind.Symbol or TokenKind.End ? "" : Kind == TokenKind.Word && Keywords.Contains(Text) ? Text.ToLowerInvariant() : Text;

    /// <summary>Whether it is a word that the language keeps for itself.</summary>
    public bool IsKeyword => Kind == TokenKind.Word && Keywords.Contains(Text);

    /// <summary>True for the bare word <paramref name="keyword"/>, whatever its case.</summary>
    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the punctuation or operator <paramref name="symbol"/>.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
