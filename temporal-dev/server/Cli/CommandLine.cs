using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Operator;

namespace Temporalio.DevServer.Cli;

/// <summary>
/// Reads the command line as the official executables do, so that official SDKs can start this one by its path: <c>server start-dev …</c> for the dev server,
/// <c>PORT</c> for the time-skipping test server. Unknown arguments are named and gone on without.
/// </summary>
internal sealed class CommandLine
{
    private const int DefaultPort = 7233;

    private const string About = """
        A Temporal server for one machine: a laptop, a test, a demo. Production uses a Temporal cluster.

          temporal-dev server start-dev [options]   serves until SIGTERM or Ctrl-C
          temporal-dev PORT [options]               a server whose time skips, for tests; begins locked

          Each option can be set by an environment variable as well, such as TEMPORAL_DEV_DATABASE; arguments win.
          Exit codes: 0 ended as asked, 1 failed, 2 wrong arguments, 3 cannot listen (port in use), 4 database unreachable,
          5 another server holds the database, 6 another server has taken the database over.
        """;

    private readonly Option<string> port = Value("--port", "Port to listen on; 0 for any free one. 7233 by default.", "-p");
    private readonly Option<string> ip = Value("--ip", "IP address to listen on. 127.0.0.1 by default.");
    private readonly Option<string[]> namespaces = List("--namespace", "Namespace to create if it is missing; may be repeated. 'default' always exists.", "-n");
    private readonly Option<string[]> searchAttributes = List("--search-attribute", "NAME=TYPE to register in those namespaces: Keyword, KeywordList, Text, Int, Double, Bool, Datetime.");
    private readonly Option<string> database = Value("--database", "PostgreSQL database that keeps everything: postgres://user:password@host:port/name. Without it, memory. Better set as environment variable: process lists show arguments.", "--db");
    private readonly Option<string> retention = Value("--retention", "How long new namespaces keep closed workflows, such as 24h or 7d. 24h by default; where time skips, a hundred years.");
    private readonly Option<string> logLevel = Value("--log-level", "debug, info, warn, error or never. warn by default.");
    private readonly Option<string> logFormat = Value("--log-format", "pretty, text or json, on standard error.");
    private readonly Option<string> tlsCertificate = Value("--tls-cert-path", "PEM file of the server's certificate, intermediates after it: serves TLS only.");
    private readonly Option<string> tlsKey = Value("--tls-key-path", "PEM file of its private key.");
    private readonly Option<string> tlsAuthorities = Value("--tls-client-ca-path", "PEM file of authorities: clients must show a certificate of one of them.");
    private readonly Option<bool> timeSkipping = Flag("--enable-time-skipping", "Time-skipping server: skip from the start. Else it begins locked.");
    private readonly Option<string[]> dynamicConfig = List("--dynamic-config-value", "Of the official server: KEY=VALUE. limit.historyCount.suggestContinueAsNew is honoured, all else does nothing.");
    private readonly Option<bool> headless = Flag("--headless", "No Web UI.");
    private readonly Option<string> databaseFile = Value("--db-filename", "Of the official server: its SQLite file. Refused here unless it is a database as for --database.", "-f");
    private readonly Argument<string[]> testPort = new("PORT") { Description = "Of a time-skipping server.", Arity = ArgumentArity.ZeroOrMore };
    private readonly VersionOption version = new("--version", "-v");
    private readonly Command serve = new("start-dev", "Serves until SIGTERM or Ctrl-C.") { TreatUnmatchedTokensAsErrors = false };
    private readonly Func<string, string?> environment;
    private readonly ParseResult given;

    private CommandLine(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        this.environment = environment;
        var root = new RootCommand(About) { new Command("server", "The development server.") { serve }, testPort };
        root.TreatUnmatchedTokensAsErrors = false;
        // A port alone is a command as well.
        root.SetAction(_ => { });
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        Option[] all =
        [
            port, ip, namespaces, searchAttributes, database, retention, logLevel, logFormat, tlsCertificate, tlsKey, tlsAuthorities, timeSkipping, headless, databaseFile, dynamicConfig, version,
            // What official SDKs pass to the official server, and does nothing here.
            .. "--ui-port --ui-ip --ui-public-path --ui-asset-path --ui-codec-endpoint --http-port --metrics-port --sqlite-pragma".Split(' ').Select(name => List(name, null)),
            Flag("--log-config", null),
        ];
        foreach (var option in all)
        {
            option.Recursive = true;
            root.Add(option);
        }

        given = root.Parse([.. args], new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Gets the unknown arguments. Values are left out: nobody knows what they are.</summary>
    private IReadOnlyList<string> Ignored => [.. given.UnmatchedTokens.Concat(Loose).Where(t => t.StartsWith('-')).Select(t => t.Split('=')[0])];

    /// <summary>Gets what stands beside the options where no command is named.</summary>
    private string[] Loose => given.GetValue(testPort) ?? [];

    /// <summary>Reads arguments and environment.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static Invocation Parse(IReadOnlyList<string> args, Func<string, string?> environment) => new CommandLine(args, environment).Read();

    private Invocation Read()
    {
        // What follows an unknown argument is taken for its value.
        var words = Loose.Where((t, i) => !t.StartsWith('-') && (i == 0 || !Loose[i - 1].StartsWith('-'))).ToList();
        var word = words.Count > 0 ? string.Join(' ', words) : null;
        if (given.Action is System.CommandLine.Help.HelpAction || word == "help")
            return Say(Help());
        if (given.GetResult(version) is not null || word == "version")
            return Say($"temporal-dev {ClusterFacts.ServerVersion}{Environment.NewLine}");
        var command = given.CommandResult.Command;
        if (command != serve && command is not RootCommand)
            throw Unknown(string.Join(' ', given.UnmatchedTokens.Prepend(command.Name)));
        if (given.Errors is [var error, ..])
            throw new UsageException(error.SymbolResult is OptionResult { Tokens.Count: 0 } option ? $"{option.Option.Name} needs a value" : error.Message);
        return (command == serve, word) switch
        {
            (true, _) => Dev(),
            (_, null) => throw new UsageException("say what to start: temporal-dev server start-dev, or temporal-dev PORT for a time-skipping server (--help tells more)"),
            _ => int.TryParse(word, CultureInfo.InvariantCulture, out _) ? Test(word) : throw Unknown(word),
        };
    }

    private string Help()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        given.RootCommandResult.Command.Parse("--help").Invoke(new InvocationConfiguration { Output = text });
        return text.ToString();
    }

    private static UsageException Unknown(string words) => new($"unknown command '{words}': there is 'server start-dev', and PORT alone");

    private static Invocation Say(string words) => new(InvocationKind.Say, new DevServerOptions(), new ProcessSettings(), []) { Words = words };

    private Invocation Dev()
    {
        if (given.GetValue(timeSkipping))
            throw new UsageException("--enable-time-skipping belongs to the time-skipping server: temporal-dev PORT --enable-time-skipping. A serving server never skips.");
        return new Invocation(InvocationKind.Serve, Common() with { Port = PortOf(Of(port)) ?? DefaultPort, Database = DatabaseOf(Of(database), Of(databaseFile)) }, Process(), Ignored);
    }

    private Invocation Test(string listenOn)
    {
        // TEMPORAL_DEV_DATABASE may well be set for another server; asking for one here is a mistake.
        if (given.GetResult(database) is not null || given.GetResult(databaseFile) is not null)
            throw new UsageException("a time-skipping server keeps everything in memory and takes no database");
        return new Invocation(InvocationKind.Serve, Common() with { Port = PortOf(listenOn)!.Value, TimeSkipping = given.GetValue(timeSkipping) ? TimeSkipping.Unlocked : TimeSkipping.Locked }, Process(), Ignored);
    }

    private DevServerOptions Common() => new()
    {
        Ip = Of(ip) ?? "127.0.0.1",
        Namespaces = [.. Of(namespaces).Prepend("default").Distinct(StringComparer.Ordinal)],
        SearchAttributes = AttributesOf(Of(searchAttributes)),
        Retention = RetentionOf(Of(retention)),
        SuggestContinueAsNewAfter = SuggestionOf(Of(dynamicConfig)),
    };

    /// <summary>The one setting of the official server's dynamic configuration that is honoured here; others are taken and do nothing.</summary>
    private static int? SuggestionOf(IEnumerable<string> settings)
    {
        const string key = "limit.historyCount.suggestContinueAsNew=";
        if (settings.LastOrDefault(setting => setting.StartsWith(key, StringComparison.OrdinalIgnoreCase)) is not { } setting)
            return null;
        return int.TryParse(setting[key.Length..], CultureInfo.InvariantCulture, out var events) && events > 0
            ? events
            : throw new UsageException($"--dynamic-config-value {key[..^1]} must be a number of events");
    }

    private ProcessSettings Process()
    {
        var settings = new ProcessSettings
        {
            LogLevel = OneOf(logLevel, "warn", "debug", "info", "error", "never"),
            LogFormat = OneOf(logFormat, "pretty", "text", "json"),
            TlsCertificateFile = Of(tlsCertificate),
            TlsKeyFile = Of(tlsKey),
            TlsClientAuthoritiesFile = Of(tlsAuthorities),
            WantsUi = !given.GetValue(headless),
        };
        if (settings.TlsCertificateFile is null != settings.TlsKeyFile is null)
            throw new UsageException("--tls-cert-path and --tls-key-path belong together");
        if (settings.TlsClientAuthoritiesFile is not null && settings.TlsCertificateFile is null)
            throw new UsageException("--tls-client-ca-path needs --tls-cert-path");
        return settings;
    }

    /// <summary>The value given, or that of the environment. An empty variable is none.</summary>
    private string? Of(Option<string> option) => given.GetValue(option) ?? (environment(Variable(option)) is { Length: > 0 } text ? text : null);

    /// <summary>In the environment separated by commas.</summary>
    private string[] Of(Option<string[]> option) => given.GetResult(option) is not null ? given.GetValue(option)!
        : environment(Variable(option))?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string Variable(Option option) => "TEMPORAL_DEV_" + option.Name.TrimStart('-').ToUpperInvariant().Replace('-', '_');

    private static Option<string> Value(string name, string? help, params string[] aliases) => new(name, aliases) { Description = help, Hidden = help is null };

    private static Option<string[]> List(string name, string? help, params string[] aliases) => new(name, aliases) { Description = help, Hidden = help is null };

    private static Option<bool> Flag(string name, string? help) => new(name) { Description = help, Hidden = help is null };

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
