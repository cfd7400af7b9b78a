using System.Globalization;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.Database.Proof;
using Settlement.Domain;
using Spectre.Console;

namespace Settlement.AppHost;

/// <summary>What <c>./run</c> prints. Colours where the terminal has them; the words alone say everything.</summary>
internal sealed class RunConsole
{
    private const int NameWidth = 34;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        // A log file or a pipe gets plain words.
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));
    }

    public void Step(string text) => Line("  " + text);

    public void Line(string text) => WriteUnwrapped(text);

    /// <summary>One sample: its name and end, then the path of states, each with the time since the one before.</summary>
    public void Sample(SampleResult result)
    {
        console.Markup(result.Passed ? "  [green]ok  [/] " : "  [red]FAIL[/] ");
        WriteUnwrapped($"{result.Sample.Name.PadRight(NameWidth)} {Seconds(result.Duration),8}  {result.End}");
        if (result.Steps.Count > 0)
            WriteUnwrapped("       " + Path(result.Steps));
        foreach (var fault in result.Faults)
            WriteUnwrapped("       " + fault);
    }

    public void Summary(IReadOnlyList<SampleResult> results)
    {
        var passed = results.Count(r => r.Passed);
        Step($"{passed} of {results.Count} samples ended as their files say");
    }

    public void Proof(ProofReport report)
    {
        Step($"{report.Accounts} accounts, {report.Transfers} ledger transfers, {report.Settlements} settlements; compared with the bank's own books and Temporal's open workflows");
        if (report.Holds)
            console.MarkupLine("  [green]The books prove out.[/]");
        foreach (var breach in report.Breaches)
            WriteUnwrapped("  BREACH " + breach);
    }

    public void Addresses(SettlementEnvironment environment)
    {
        Heading("Where to look");
        Step($"API               {environment.ApiAddress}");
        Step($"API documentation {new Uri(environment.ApiAddress, "/docs")}");
        Step($"Temporal          {environment.TemporalAddress}");
        Step($"Temporal Web UI   {environment.WebUiAddress?.ToString() ?? (environment.Temporal is null ? "as that server offers it" : "not part of the embedded server; ./run --temporal cli has it")}");
        Step($"Stuck settlements {(environment.WebUiAddress is { } ui ? new Uri(ui, "/namespaces/default/workflows?query=NeedsAttention%3Dtrue").ToString() : $"temporal --address {environment.TemporalAddress} workflow list --query 'NeedsAttention = true'")}");
        Step($"Users             {environment.State.Users} (names, roles, password)");
    }

    private static string Path(IReadOnlyList<SampleStep> steps)
    {
        var first = $"{UpperSnake.Of(steps[0].Status)} {steps[0].At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}";
        return first + string.Concat(steps.Zip(steps.Skip(1), (before, now) => $" → {UpperSnake.Of(now.Status)} +{Elapsed(now.At - before.At)}"));
    }

    /// <summary>Skipped time is told in days and hours.</summary>
    private static string Elapsed(TimeSpan time) =>
        time < TimeSpan.FromHours(1) ? Seconds(time) : string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time:hh\\:mm\\:ss}");

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    /// <summary>Lines are copied, searched and compared: the console must not wrap them.</summary>
    private void WriteUnwrapped(string text) => console.Profile.Out.Writer.WriteLine(text);
}
