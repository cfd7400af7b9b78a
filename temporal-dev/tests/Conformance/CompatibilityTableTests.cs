using Temporalio.Conformance.Tests.Records;

namespace Temporalio.Conformance.Tests;

/// <summary>
/// Holds the tables of temporal/COMPATIBILITY.md against what this run has seen: each behaviour of the suite stands there, and each cell says
/// what its test says. To write them: run the whole suite with <c>SETTLEMENT_WRITE_COMPATIBILITY=1</c>.
/// </summary>
[Collection(AfterTheSuite.Name)]
public sealed class CompatibilityTableTests
{
    private const string WriteVariable = "SETTLEMENT_WRITE_COMPATIBILITY";

    [Fact]
    public void Page_AfterTheSuite_SaysWhatTheSuiteSaw()
    {
        var page = File.ReadAllText(CompatibilityTable.File);
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 })
        {
            page = CompatibilityTable.Write(page);
            File.WriteAllText(CompatibilityTable.File, page);
        }
        var cells = CompatibilityTable.Read(page);

        var wrong =
            from row in CompatibilityTable.Rows
            from cell in row.Cells
            where cell.Seen is not null && cells.GetValueOrDefault((row.Key.ToString(), cell.Column)) != cell.Seen
            select $"{row.Key}, {cell.Column}: the page says '{cells.GetValueOrDefault((row.Key.ToString(), cell.Column))}', the run saw '{cell.Seen}'";

        wrong.ShouldBeEmpty($"write the page anew: {WriteVariable}=1 ./test Conformance");
    }

    [Fact]
    public void Page_Always_NamesEachBehaviourAndNoOther()
    {
        var named = CompatibilityTable.Read(File.ReadAllText(CompatibilityTable.File)).Keys.Select(k => k.Behaviour).Distinct();

        named.Order(StringComparer.Ordinal).ShouldBe(CompatibilityTable.Rows.Select(r => r.Key.ToString()).Order(StringComparer.Ordinal));
    }
}
