namespace Settlement.Drills.Tests;

public sealed class DrillStageTests
{
    private readonly StringWriter told = new();

    [Fact]
    public void Expect_WhatHolds_IsToldAndIsNoFailure()
    {
        var stage = Stage();
        stage.Expect(true, "the books prove out").ShouldBeTrue();
        stage.Failures.ShouldBeEmpty();
        told.ToString().ShouldContain("holds: the books prove out");
    }

    [Fact]
    public void Expect_WhatDoesNotHold_IsKeptAsFailure()
    {
        var stage = Stage();
        stage.Expect(false, "the books prove out").ShouldBeFalse();
        stage.Failures.ShouldBe(["the books prove out"]);
        told.ToString().ShouldContain("FAILS: the books prove out");
    }

    [Fact]
    public void Output_OfSeveralLines_IsToldLineByLine()
    {
        Stage().Output("one\ntwo\n");
        told.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ShouldBe(["one", "two"]);
    }

    private DrillStage Stage() => new("nowhere", new DrillArguments(), told);
}
