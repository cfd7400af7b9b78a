using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Engine;

public class RunChangesTests
{
    private static readonly RunKey Run = new("ns", "w", "r");

    [Fact]
    public void Notify_OpenRun_EndsWaitsForChangesOnly()
    {
        var changes = new RunChanges();
        using var watch = changes.Begin(Run);
        var (change, close) = (watch.NextChange(), watch.Close());
        changes.Notify(Run with { RunId = "other" }, closed: true);
        change.IsCompleted.ShouldBeFalse();
        changes.Notify(Run, closed: false);
        change.IsCompletedSuccessfully.ShouldBeTrue();
        close.IsCompleted.ShouldBeFalse();
        changes.Notify(Run, closed: true);
        close.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void NextChange_AskedBeforeTheChange_IsNotMissed()
    {
        var changes = new RunChanges();
        using var first = changes.Begin(Run);
        using var second = changes.Begin(Run);
        var change = first.NextChange();
        changes.Notify(Run, closed: false);
        change.IsCompletedSuccessfully.ShouldBeTrue();
        first.NextChange().IsCompleted.ShouldBeFalse();
        second.NextChange().IsCompleted.ShouldBeFalse();
    }
}
