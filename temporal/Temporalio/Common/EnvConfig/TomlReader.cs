using System.Globalization;
using System.Text;

namespace Temporalio.Common.EnvConfig;

/// <summary>
/// Reads the part of TOML 1.0 that configuration files of clients use: tables, bare, quoted and dotted keys, all four kinds of
/// strings, booleans and integers. Anything else is an error, never a guess. (No TOML library can be restored here.)
/// </summary>
internal sealed class TomlReader
{
    private readonly string text;
    private int position;

    // The end of the text reads as NUL below, so the text itself must not hold one.
    private TomlReader(string text) => this.text = text.Contains('\0', StringComparison.Ordinal)
        ? throw new InvalidOperationException("Invalid TOML: it holds a NUL character")
        : text.ReplaceLineEndings("\n");

    /// <summary>Parses a document.</summary>
    /// <param name="text">The document.</param>
    /// <returns>Tables as dictionaries, and strings, booleans and longs.</returns>
    /// <exception cref="InvalidOperationException">It is something else, or holds what this reader does not know.</exception>
    public static Dictionary<string, object> Parse(string text)
    {
        var reader = new TomlReader(text);
        var root = new Dictionary<string, object>();
        var current = root;
        while (reader.SkipToContent())
        {
            if (reader.Take("["))
            {
                var path = reader.ReadKey();
                reader.Expect("]");
                current = reader.Enter(root, path);
            }
            else
            {
                var path = reader.ReadKey();
                reader.Expect("=");
                var owner = reader.Enter(current, path[..^1]);
                if (!owner.TryAdd(path[^1], reader.ReadValue()))
                {
                    throw reader.Error($"key '{path[^1]}' appears twice");
                }
            }
            reader.ExpectEndOfLine();
        }
        return root;
    }

    private Dictionary<string, object> Enter(Dictionary<string, object> table, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            if (!table.TryGetValue(name, out var nested))
            {
                table[name] = nested = new Dictionary<string, object>();
            }
            table = nested as Dictionary<string, object> ?? throw Error($"'{name}' is not a table");
        }
        return table;
    }

    private string[] ReadKey()
    {
        var parts = new List<string>();
        do
        {
            SkipBlanks();
            parts.Add(Peek() switch
            {
                '"' => ReadString('"', escapes: true),
                '\'' => ReadString('\'', escapes: false),
                _ => ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'),
            });
            if (parts[^1].Length == 0)
            {
                throw Error("a key is missing");
            }
            SkipBlanks();
        }
        while (Take("."));
        return [.. parts];
    }

    private object ReadValue()
    {
        SkipBlanks();
        switch (Peek())
        {
            case '"':
                return ReadString('"', escapes: true);
            case '\'':
                return ReadString('\'', escapes: false);
            default:
                var word = ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+');
                if (word is "true" or "false")
                {
                    return word == "true";
                }
                var digits = word.Replace("_", string.Empty, StringComparison.Ordinal);
                return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw Error("a string, boolean or integer is expected");
        }
    }

    private string ReadString(char quote, bool escapes)
    {
        var fence = new string(quote, 3);
        var multiline = Take(fence);
        if (multiline)
        {
            Take("\n");
        }
        else
        {
            position++;
        }
        var end = multiline ? fence : quote.ToString();
        var value = new StringBuilder();
        while (!Take(end))
        {
            var c = Peek();
            if (c == '\0' || (c == '\n' && !multiline))
            {
                throw Error("a string does not end");
            }
            position++;
            if (c != '\\' || !escapes)
            {
                value.Append(c);
            }
            else if (Peek() == '\n')
            {
                ReadWhile(char.IsWhiteSpace);
            }
            else
            {
                value.Append(ReadEscape());
            }
        }
        return value.ToString();
    }

    private string ReadEscape()
    {
        var c = Peek();
        position++;
        return c switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            '"' or '\\' => c.ToString(),
            'u' => ReadCodePoint(4),
            'U' => ReadCodePoint(8),
            _ => throw Error($"escape '\\{c}' is not known"),
        };
    }

    private string ReadCodePoint(int length)
    {
        var digits = text.Substring(position, Math.Min(length, text.Length - position));
        position += digits.Length;
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : throw Error($"'{digits}' is no character");
    }

    private bool SkipToContent()
    {
        while (true)
        {
            ReadWhile(char.IsWhiteSpace);
            if (Peek() != '#')
            {
                return Peek() != '\0';
            }
            ReadWhile(c => c != '\n');
        }
    }

    private void ExpectEndOfLine()
    {
        SkipBlanks();
        if (Peek() == '#')
        {
            ReadWhile(c => c != '\n');
        }
        if (Peek() is not ('\n' or '\0'))
        {
            throw Error("the line should end");
        }
    }

    private void Expect(string token)
    {
        SkipBlanks();
        if (!Take(token))
        {
            throw Error($"'{token}' is expected");
        }
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(text, position, token, 0, token.Length) != 0)
        {
            return false;
        }
        position += token.Length;
        return true;
    }

    private char Peek() => position < text.Length ? text[position] : '\0';

    private void SkipBlanks() => ReadWhile(c => c is ' ' or '\t');

    private string ReadWhile(Func<char, bool> condition)
    {
        var start = position;
        while (position < text.Length && condition(text[position]))
        {
            position++;
        }
        return text[start..position];
    }

    // The message names the line but never its content, which may be a key.
    private InvalidOperationException Error(string problem) =>
        new($"Invalid TOML in line {1 + text.AsSpan(0, Math.Min(position, text.Length)).Count('\n')}: {problem}");
}
