using Temporalio.Api.History.V1;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Ways of doing things are written down once, and on replay only those that were written down apply.</summary>
public sealed class SdkFlagsTests
{
    [Fact]
    public void Take_SecondTime_HoldsNothingNew()
    {
        var flags = new SdkFlags(canWrite: true);
        flags.UseLanguage([1, 2]);
        var first = flags.TakeForCompletion("sdk", "1.0");
        first.CoreUsedFlags.ShouldBe([1u, 2u, 3u]);
        first.LangUsedFlags.ShouldBe([1u, 2u]);
        (first.SdkName, first.SdkVersion).ShouldBe(("sdk", "1.0"));
        flags.UseLanguage([1]);
        var second = flags.TakeForCompletion("sdk", "1.1");
        second.CoreUsedFlags.ShouldBeEmpty();
        second.LangUsedFlags.ShouldBeEmpty();
        (second.SdkName, second.SdkVersion).ShouldBe((string.Empty, "1.1"));
    }

    [Fact]
    public void TryUse_Replaying_AppliesWhatHistoryHoldsOnly()
    {
        var flags = new SdkFlags(canWrite: true);
        flags.TryUse(SdkFlags.UpsertOnPatch, replaying: true).ShouldBeFalse();
        flags.AddFrom(new WorkflowTaskCompletedEventAttributes { SdkMetadata = new() { CoreUsedFlags = { SdkFlags.UpsertOnPatch } } });
        flags.TryUse(SdkFlags.UpsertOnPatch, replaying: true).ShouldBeTrue();
    }

    [Fact]
    public void Take_ServerThatKeepsNoFlags_WritesNothing()
    {
        var flags = new SdkFlags(canWrite: false);
        flags.TryUse(SdkFlags.UpsertOnPatch, replaying: false).ShouldBeFalse();
        flags.TakeForCompletion("sdk", "1.0").ShouldBe(new());
    }
}
