using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>Which Temporal server a run uses: one that is running already, or an executable to start.</summary>
/// <param name="Address">HOST:PORT of a server that somebody else runs, or null.</param>
/// <param name="Executable">The <c>temporal</c> executable to start a dev server from, or null.</param>
/// <param name="Origin">Where the choice came from, for the user.</param>
public sealed record TemporalChoice(string? Address, string? Executable, string Origin)
{
    /// <summary>
    /// In this order: <paramref name="option"/> (<c>embedded</c>, <c>cli</c> or HOST:PORT), TEMPORAL_ADDRESS, TEMPORAL_CLI, else the executable of
    /// ../shared/temporal, which stands in until the embedded server exists. The PATH is not searched.
    /// </summary>
    /// <exception cref="UserErrorException">The choice cannot be honoured; the message is one line for the user.</exception>
    public static TemporalChoice Resolve(string? option)
    {
        switch (option)
        {
            case "embedded":
                throw new UserErrorException("The embedded Temporal server does not exist yet: use --temporal cli or --temporal HOST:PORT.");
            case "cli":
                return Cli("--temporal cli");
            case { Length: > 0 }:
                return new TemporalChoice(Checked(option, "--temporal"), null, "--temporal");
        }

        var address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS");
        return string.IsNullOrWhiteSpace(address)
            ? Cli(string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("TEMPORAL_CLI")) ? "../shared/temporal" : "TEMPORAL_CLI")
            : new TemporalChoice(Checked(address, "TEMPORAL_ADDRESS"), null, "TEMPORAL_ADDRESS");
    }

    private static TemporalChoice Cli(string origin)
    {
        try
        {
            return Oracles.TemporalCli is { } executable
                ? new TemporalChoice(null, executable, origin)
                : throw new UserErrorException("No Temporal server: set TEMPORAL_ADDRESS=HOST:PORT or TEMPORAL_CLI=/path/to/temporal (../shared/temporal is not here).");
        }
        catch (FileNotFoundException missing)
        {
            throw new UserErrorException(missing.Message);
        }
    }

    private static string Checked(string address, string source)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0
            ? address
            : throw new UserErrorException($"{source} is '{address}'; it must be HOST:PORT.");
    }
}
