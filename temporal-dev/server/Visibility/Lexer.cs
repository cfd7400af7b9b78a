using System.Text;

namespace Temporalio.DevServer.Visibility;

/// <summary>Cuts a list filter into words.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["<=>", "<=", ">=", "!=", "<>", "&&", "||", "=", "<", ">", "(", ")", ",", "*", "+", "-", "/", "!", ";"];

    /// <exception cref="InvalidQueryException">A character that starts no word, or a quote without its end.</exception>
    public static IReadOnlyList<Token> Read(string filter)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            at = SkipSpace(filter, at);
            if (at == filter.Length || filter[at] == ';')
            {
                tokens.Add(new Token(TokenKind.End, "", filter.TrimEnd().Length));
                return tokens;
            }

            var token = Next(filter, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    /// <summary>Passes blanks and SQL's comments.</summary>
    private static int SkipSpace(string filter, int at)
    {
        while (at < filter.Length)
        {
            if (char.IsWhiteSpace(filter[at]))
            {
                at++;
                continue;
            }

            var end = filter.AsSpan(at) switch
            {
                ['-', '-', ' ', ..] => filter.IndexOf('\n', at),
                ['/', '*', ..] => filter.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : -1,
                _ => at,
            };
            if (end == at)
                return at;
            at = end < 0 ? filter.Length : end;
        }

        return at;
    }

    private static Token Next(string filter, int at)
    {
        var c = filter[at];
        if (c is '\'' or '"' or '`')
            return Quoted(filter, at);
        if (char.IsAsciiDigit(c) || (c is '-' or '+' or '.' && at + 1 < filter.Length && char.IsAsciiDigit(filter[at + 1])))
            return Number(filter, at);
        if (char.IsLetter(c) || c is '_' or '@')
            return Word(filter, at);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(filter, at, symbol, 0, symbol.Length) == 0)
                return new Token(TokenKind.Symbol, symbol, at + symbol.Length);
        }

        throw InvalidQueryException.Syntax(at + 1);
    }

    /// <summary>A quoted text; a doubled quote or a backslash keeps the next character as it is.</summary>
    private static Token Quoted(string filter, int start)
    {
        var quote = filter[start];
        var text = new StringBuilder();
        for (var at = start + 1; at < filter.Length; at++)
        {
            var c = filter[at];
            var doubled = c == quote && at + 1 < filter.Length && filter[at + 1] == quote;
            if (doubled || (c == '\\' && quote != '`' && at + 1 < filter.Length))
                text.Append(filter[++at]);
            else if (c == quote)
                return new Token(quote == '`' ? TokenKind.Name : TokenKind.Text, text.ToString(), at + 1);
            else
                text.Append(c);
        }

        throw InvalidQueryException.Syntax(filter.Length, text.ToString());
    }

    private static Token Number(string filter, int start)
    {
        var at = start + 1;
        while (at < filter.Length && (char.IsAsciiLetterOrDigit(filter[at]) || filter[at] == '.' || (filter[at] is '-' or '+' && filter[at - 1] is 'e' or 'E')))
            at++;
        return new Token(TokenKind.Number, filter[start..at], at);
    }

    private static Token Word(string filter, int start)
    {
        var at = start + 1;
        while (at < filter.Length && (char.IsLetterOrDigit(filter[at]) || filter[at] is '_' or '.'))
            at++;
        return new Token(TokenKind.Word, filter[start..at], at);
    }
}

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

/// <summary>The kinds of words in a list filter.</summary>
internal enum TokenKind
{
    /// <summary>A bare word: keyword, name, true, false.</summary>
    Word,

    /// <summary>A name in backquotes: never a keyword.</summary>
    Name,

    /// <summary>A string in single or double quotes.</summary>
    Text,

    /// <summary>A number, with or without sign, point and exponent.</summary>
    Number,

    /// <summary>An operator, a parenthesis or a comma.</summary>
    Symbol,

    /// <summary>The end of the filter.</summary>
    End,
}
