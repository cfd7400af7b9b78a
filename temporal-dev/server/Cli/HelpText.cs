namespace Temporalio.DevServer.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public static string All { get; } = $"""
        A Temporal server for one machine: a laptop, a test, a demo. Production uses a Temporal cluster.

          temporal-dev server start-dev [arguments]   serves until SIGTERM or Ctrl-C
          temporal-dev PORT [arguments]               a server whose time skips, for tests; begins locked
          temporal-dev load [arguments]               fills a database with workflows, for measurements

        {string.Join('\n', Settings.All.Where(s => s.Help is not null).Select(Line))}

        Each can be set by an environment variable as well, such as {Settings.Database.Variable}; arguments win.
        Exit codes: 0 ended as asked, 1 failed, 2 wrong arguments, 3 cannot listen (port in use), 4 database unreachable,
        5 another server holds the database, 6 another server has taken the database over.

        """;

    private static string Line(Setting setting) =>
        $"  {string.Join(", ", setting.Aliases.Prepend("--" + setting.Name)),-26} {setting.Help}";
}
