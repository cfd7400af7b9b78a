using System.CommandLine;
using System.Globalization;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Cli;

/// <content>What values of options must look like.</content>
internal sealed partial class CommandLine
{
    /// <summary>The value given or that of the environment, which must be one of these; by default the first.</summary>
    private string OneOf(Option<string> option, params string[] allowed) => Of(option) is not { } value ? allowed[0]
        : Array.Find(allowed, a => a.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? throw new UsageException($"{option.Name} '{value}' must be one of {string.Join(", ", allowed)}");

    private static int? PortOf(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new UsageException($"'{text}' is no port: 0 to 65535");
    }

    private static string? DatabaseOf(string? text, string? file)
    {
        // A SQLite file would be forgotten here, and whoever names one wants it kept: no guessing.
        if (file is not null && !file.Contains("://", StringComparison.Ordinal) && !file.Contains('=', StringComparison.Ordinal))
            throw new UsageException("--db-filename names a file of the official server; this one keeps its state in PostgreSQL: use --database or TEMPORAL_DEV_DATABASE");
        text ??= file;
        try
        {
            return text is null ? null : DatabaseName.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--database: {e.Message}");
        }
    }

    private static Dictionary<string, IndexedValueType> AttributesOf(IReadOnlyList<string> texts)
    {
        var attributes = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0)
                throw new UsageException($"--search-attribute '{text}' must be NAME=TYPE");
            if (!Enum.TryParse<IndexedValueType>(parts[1], ignoreCase: true, out var type) || type == IndexedValueType.Unspecified || int.TryParse(parts[1], CultureInfo.InvariantCulture, out _))
                throw new UsageException($"--search-attribute '{text}': the type must be one of Text, Keyword, Int, Double, Bool, Datetime, KeywordList");
            attributes[parts[0]] = type;
        }
        return attributes;
    }

    private static TimeSpan? RetentionOf(string? text)
    {
        if (text is null)
            return null;
        var isNumber = double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return (isNumber, text[^1]) switch
        {
            (true, 'h') when number is >= 1 and <= 876_000 => TimeSpan.FromHours(number),
            (true, 'd') when number is >= 1 and <= 36_500 => TimeSpan.FromDays(number),
            _ => throw new UsageException($"--retention '{text}' must be hours or days, at least 1h, such as 24h or 7d"),
        };
    }
}
