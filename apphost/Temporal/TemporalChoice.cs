using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>Which Temporal server a run uses: one that is running already, an executable to start, or the one in this repository.</summary>
public sealed record TemporalChoice
{
    private TemporalChoice(TemporalServerKind kind, string origin)
    {
        Kind = kind;
        Origin = origin;
    }

    /// <summary>The server of this repository.</summary>
    public static TemporalChoice Embedded { get; } = new(TemporalServerKind.Embedded, "embedded");

    /// <summary>The server of this repository in memory, with a clock that the caller moves.</summary>
    public static TemporalChoice TimeSkipping { get; } = new(TemporalServerKind.TimeSkipping, "embedded, in memory, time skipping");

    public TemporalServerKind Kind { get; }

    /// <summary>Where the choice came from, for the user.</summary>
    public string Origin { get; }

    /// <summary>HOST:PORT of a server that somebody else runs; else null.</summary>
    public string? Address { get; private init; }

    /// <summary>The <c>temporal</c> executable to start a dev server from; else null.</summary>
    public string? Executable { get; private init; }

    /// <summary>What <c>--temporal</c> would be told to choose the same again.</summary>
    public string AsOption => Kind switch
    {
        TemporalServerKind.External => Address!,
        TemporalServerKind.CommandLine => "cli",
        _ => "embedded",
    };

    /// <summary>In this order: <paramref name="option"/> (<c>embedded</c>, <c>cli</c> or HOST:PORT), TEMPORAL_ADDRESS, TEMPORAL_CLI, else the embedded server. The PATH is not searched.</summary>
    /// <exception cref="UserErrorException">The choice cannot be honoured; the message is one line for the user.</exception>
    public static TemporalChoice Resolve(string? option)
    {
        switch (option)
        {
            case "embedded":
                return Embedded;
            case "cli":
                return CommandLine("--temporal cli");
            case { Length: > 0 }:
                return External(option, "--temporal");
        }

        var address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS");
        if (!string.IsNullOrWhiteSpace(address))
            return External(address, "TEMPORAL_ADDRESS");
        return string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("TEMPORAL_CLI")) ? Embedded : CommandLine("TEMPORAL_CLI");
    }

    /// <summary>The official dev server from this executable.</summary>
    public static TemporalChoice CommandLine(string executable, string origin) => new(TemporalServerKind.CommandLine, origin) { Executable = executable };

    private static TemporalChoice CommandLine(string origin)
    {
        try
        {
            return Oracles.TemporalCli is { } executable
                ? CommandLine(executable, origin)
                : throw new UserErrorException("No temporal executable: set TEMPORAL_CLI=/path/to/temporal, or use --temporal embedded.");
        }
        catch (FileNotFoundException missing)
        {
            throw new UserErrorException(missing.Message);
        }
    }

    private static TemporalChoice External(string address, string source)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0
            ? new TemporalChoice(TemporalServerKind.External, source) { Address = address }
            : throw new UserErrorException($"{source} is '{address}'; it must be HOST:PORT.");
    }
}

/// <summary>Where a run's Temporal server comes from.</summary>
public enum TemporalServerKind
{
    /// <summary>The server of this repository, durable in PostgreSQL or in memory.</summary>
    Embedded,

    /// <summary>The server of this repository in memory, whose clock stands still unless it is moved.</summary>
    TimeSkipping,

    /// <summary>The official dev server, started from a <c>temporal</c> executable.</summary>
    CommandLine,

    /// <summary>Somebody else runs it.</summary>
    External,
}
