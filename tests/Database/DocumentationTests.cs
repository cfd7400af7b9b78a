using System.Reflection;
using Settlement.AppHost.Processes;

namespace Settlement.Database.Tests;

/// <summary>docs/database.md names every table and every SQLSTATE that there is.</summary>
public class DocumentationTests(SettledDatabase database) : IClassFixture<SettledDatabase>
{
    [Fact]
    public async Task DatabaseReference_Tables_AreAllNamedAndNoneIsInvented()
    {
        await using var command = database.DataSource.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'settlement'");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        var named = Lines().SkipWhile(line => line != "## Tables").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        named.ShouldBe(tables, ignoreOrder: true);
    }

    [Fact]
    public void DatabaseReference_SqlStates_AreAllNamed()
    {
        var states = typeof(SqlStates).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var text = string.Join('\n', Lines());
        foreach (var state in states)
            text.ShouldContain($"`{state}`");
    }

    private static string[] Lines() => File.ReadAllLines(Path.Combine(RepositoryRoot.Folder, "docs", "database.md"));
}
