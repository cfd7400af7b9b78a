using System.Globalization;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Cli;

/// <summary>
/// Reads the command line as the official executables do, so that official SDKs can start this one by its path: <c>server start-dev …</c> for the dev server,
/// <c>PORT</c> for the time-skipping test server.
/// </summary>
internal static class CommandLine
{
    private const int DefaultPort = 7233;

    /// <summary>Reads arguments and environment.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static Invocation Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        if (args.Any(a => a is "--help" or "-h" or "help"))
            return new Invocation(InvocationKind.Help, new DevServerOptions(), new ProcessSettings(), []);
        if (args.Any(a => a is "--version" or "-v" or "version"))
            return new Invocation(InvocationKind.Version, new DevServerOptions(), new ProcessSettings(), []);
        var arguments = new Arguments(args, environment);
        return arguments.Words switch
        {
            ["server", "start-dev"] => Dev(arguments),
            [var port] when int.TryParse(port, CultureInfo.InvariantCulture, out _) => Test(arguments, port),
            [] => throw new UsageException("say what to start: temporal-dev server start-dev, or temporal-dev PORT for a time-skipping server (--help tells more)"),
            _ => throw new UsageException($"unknown command '{string.Join(' ', arguments.Words)}': there is 'server start-dev', and PORT alone"),
        };
    }

    private static Invocation Dev(Arguments arguments)
    {
        if (arguments.Has(Settings.EnableTimeSkipping))
            throw new UsageException("--enable-time-skipping belongs to the time-skipping server: temporal-dev PORT --enable-time-skipping. A serving server never skips.");
        var options = Common(arguments) with
        {
            Port = PortOf(arguments.Value(Settings.Port)) ?? DefaultPort,
            Database = DatabaseOf(arguments),
        };
        return new Invocation(InvocationKind.Serve, options, ProcessOf(arguments), arguments.Ignored);
    }

    private static Invocation Test(Arguments arguments, string port)
    {
        // TEMPORAL_DEV_DATABASE may well be set for another server; asking for one here is a mistake.
        if (arguments.IsGiven(Settings.Database) || arguments.IsGiven(Settings.DatabaseFile))
            throw new UsageException("a time-skipping server keeps everything in memory and takes no database");
        var options = Common(arguments) with
        {
            Port = PortOf(port)!.Value,
            TimeSkipping = arguments.Has(Settings.EnableTimeSkipping) ? TimeSkipping.Unlocked : TimeSkipping.Locked,
        };
        return new Invocation(InvocationKind.Serve, options, ProcessOf(arguments), arguments.Ignored);
    }

    private static DevServerOptions Common(Arguments arguments) => new()
    {
        Ip = arguments.Value(Settings.Ip) ?? "127.0.0.1",
        Namespaces = [.. arguments.List(Settings.Namespace).Prepend("default").Distinct(StringComparer.Ordinal)],
        SearchAttributes = AttributesOf(arguments.List(Settings.SearchAttribute)),
        Retention = RetentionOf(arguments.Value(Settings.Retention)),
    };

    private static ProcessSettings ProcessOf(Arguments arguments)
    {
        var settings = new ProcessSettings
        {
            LogLevel = OneOf(Settings.LogLevel, arguments.Value(Settings.LogLevel) ?? "warn", "debug", "info", "warn", "error", "never"),
            LogFormat = OneOf(Settings.LogFormat, arguments.Value(Settings.LogFormat) ?? "pretty", "pretty", "text", "json"),
            TlsCertificateFile = arguments.Value(Settings.TlsCertificate),
            TlsKeyFile = arguments.Value(Settings.TlsKey),
            TlsClientAuthoritiesFile = arguments.Value(Settings.TlsClientAuthorities),
            WantsUi = !arguments.Has(Settings.Headless),
        };
        if (settings.TlsCertificateFile is null != settings.TlsKeyFile is null)
            throw new UsageException("--tls-cert-path and --tls-key-path belong together");
        if (settings.TlsClientAuthoritiesFile is not null && settings.TlsCertificateFile is null)
            throw new UsageException("--tls-client-ca-path needs --tls-cert-path");
        return settings;
    }

    private static string OneOf(Setting setting, string value, params string[] allowed) =>
        Array.Find(allowed, a => a.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? throw new UsageException($"--{setting.Name} '{value}' must be one of {string.Join(", ", allowed)}");

    private static int? PortOf(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new UsageException($"'{text}' is no port: 0 to 65535");
    }

    private static string? DatabaseOf(Arguments arguments)
    {
        // A SQLite file would be forgotten here, and whoever names one wants it kept: no guessing.
        var file = arguments.Value(Settings.DatabaseFile);
        if (file is not null && !file.Contains("://", StringComparison.Ordinal) && !file.Contains('=', StringComparison.Ordinal))
            throw new UsageException("--db-filename names a file of the official server; this one keeps its state in PostgreSQL: use --database or TEMPORAL_DEV_DATABASE");
        var text = arguments.Value(Settings.Database) ?? file;
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
