using Settlement.Drills.Simulation;

namespace Settlement.Drills.Tests.Simulation;

public sealed class SimulationPlanTests
{
    [Fact]
    public void Draw_SameSeed_GivesTheSamePlan()
    {
        var one = SimulationPlan.Draw(42, 500, 40);
        var two = SimulationPlan.Draw(42, 500, 40);
        two.Settlements.ShouldBe(one.Settlements);
        two.Faults.ShouldBe(one.Faults);
        two.Accounts.ShouldBe(one.Accounts);
    }

    [Fact]
    public void Draw_OtherSeed_GivesAnotherPlan() =>
        SimulationPlan.Draw(43, 500, 40).Settlements.ShouldNotBe(SimulationPlan.Draw(42, 500, 40).Settlements);

    [Fact]
    public void Draw_LongPlan_HoldsEveryFaultMannerActionAndEdge()
    {
        var plan = SimulationPlan.Draw(1, 2_000, 100);
        plan.Settlements.Count.ShouldBe(2_000);
        plan.Faults.Count.ShouldBe(100);
        plan.Faults.Select(f => f.Kind).Distinct().Count().ShouldBe(Enum.GetValues<FaultKind>().Length);
        plan.Settlements.Select(s => s.Manner.Name).Distinct().Count().ShouldBe(BankManner.All.Count);
        plan.Settlements.Select(s => s.Action).Distinct().Count().ShouldBe(Enum.GetValues<PlannedActionKind>().Length);
        plan.Settlements.Select(s => s.Edge).Distinct().Count().ShouldBe(Enum.GetValues<ClockEdge>().Length);
    }

    [Fact]
    public void Draw_Accounts_SomeCannotCoverWhatIsAskedOfThem()
    {
        var plan = SimulationPlan.Draw(1, 2_000, 0);
        var asked = plan.Settlements.ToLookup(s => s.Account);
        plan.Accounts.Count(a => asked[a.Number].Sum(s => decimal.Parse(s.Amount, System.Globalization.CultureInfo.InvariantCulture))
            > decimal.Parse(a.Opening, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeGreaterThan(0);
    }
}
