namespace Temporalio.DevServer.Visibility;

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
