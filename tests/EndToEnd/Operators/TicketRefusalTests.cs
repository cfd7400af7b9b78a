using Settlement.AppHost.Temporal;
using Settlement.Database.Api;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>Actions that need four eyes are refused at both doors without a ticket that fits, change nothing, and leave the refusal in the audit log.</summary>
[Collection(OperatorsCollection.Name)]
public sealed class TicketRefusalTests(StagedEnvironment environment)
{
    public static TheoryData<string> Actions => new(ActionCatalogue.All.Where(action => action.NeedsTicket).Select(action => action.Name));

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task TicketedAction_WithoutATicketThatFits_IsRefusedAndDoesNothing(string name)
    {
        Assert.SkipWhen(Oracles.TemporalCli is null, Oracles.MissingReason);
        var stage = environment.Stage;
        var action = ActionCatalogue.All.Single(one => one.Name == name);
        var scenes = await Task.WhenAll(ActionScenes.All[name](stage), ActionScenes.All[name](stage));
        var (scene, other) = (scenes[0], scenes[1]);
        var before = await ActionTrace.ReadAsync(stage.Books, scene, "nobody says this", "nobody asks this");
        var used = await UsedAsync(stage, action, other);

        await Task.WhenAll(
            RefusedAsync(stage, action, scene, null, "ticket"),
            RefusedAsync(stage, action, scene, "tk_000000000000000000000000000000000000000000000000", "the ticket is not known"),
            RefusedAsync(stage, action, scene, used, "the ticket is for another settlement"),
            RefusedAsync(stage, action, scene, await ExpiredAsync(stage, scene), "the ticket has expired"),
            RefusedAsync(stage, action, scene, await ForAnotherActionAsync(stage, action, scene), "the ticket is for another action"));

        var after = await ActionTrace.ReadAsync(stage.Books, scene, "nobody says this", "nobody asks this");
        after.Lines.ShouldBe(before.Lines, "a refused action changes nothing");
        // Its owner's ticket still serves: what was refused did not use it up.
        var fitting = await scene.Ticket!("it fits");
        (await stage.Doors.ByCommandLineAsync(action, scene, "it fits", RequestId(), fitting)).Done.ShouldBeTrue();
        var again = await stage.Doors.ByCommandLineAsync(action, scene, "once more", RequestId(), fitting);
        again.Done.ShouldBeFalse(again.Said);
    }

    /// <summary>A good ticket, used for what it is good for.</summary>
    private static async Task<string> UsedAsync(ActionStage stage, CataloguedAction action, ActionScene scene)
    {
        var ticket = await scene.Ticket!("it fits");
        var (done, said) = await stage.Doors.ByCommandLineAsync(action, scene, "it fits", RequestId(), ticket);
        done.ShouldBeTrue(said);
        return ticket;
    }

    private static async Task RefusedAsync(ActionStage stage, CataloguedAction action, ActionScene scene, string? ticket, string why)
    {
        var reason = $"refuse-{Guid.NewGuid():N}";
        var byLine = await stage.Doors.ByCommandLineAsync(action, scene, reason, RequestId(), ticket);
        byLine.Done.ShouldBeFalse(byLine.Said);
        byLine.Said.ShouldContain(why);
        if (scene.TicketInBody)
        {
            var byApi = await stage.Doors.ByApiAsync(scene, reason, RequestId(), ticket);
            byApi.Done.ShouldBeFalse(byApi.Said);
            byApi.Said.ShouldContain(why);
        }

        var refusals = await stage.TextAsync("SELECT string_agg(action || ' ' || actor_source, ', ' ORDER BY actor_source) FROM settlement.audit_log WHERE reason = $1 AND actor_source IN ('API', 'COMMAND_LINE')", reason);
        // Without any ticket the input is refused before the workflow takes it, and nothing is known of it.
        if (ticket is not null)
            refusals.ShouldContain("_refused COMMAND_LINE");
    }

    private static async Task<string> ExpiredAsync(ActionStage stage, ActionScene scene)
    {
        var grant = Grant(scene, scene.Input["case_id"] is null ? scene.Path.Split('/')[^1] : TicketAction.CloseCase);
        await using var connection = await stage.Books.OpenConnectionAsync();
        return (await ApprovalTickets.IssueAsync(connection, null, grant with { Life = TimeSpan.FromMilliseconds(-1) }, CancellationToken.None)).Ticket;
    }

    private static async Task<string> ForAnotherActionAsync(ActionStage stage, CataloguedAction action, ActionScene scene)
    {
        var grant = Grant(scene, action.Name == SettlementNames.ApproveUpdate ? TicketAction.Reject : TicketAction.Approve) with { Outcome = null, CaseId = null };
        await using var connection = await stage.Books.OpenConnectionAsync();
        return (await ApprovalTickets.IssueAsync(connection, null, grant, CancellationToken.None)).Ticket;
    }

    private static TicketGrant Grant(ActionScene scene, string action) =>
        new(Guid.Parse(scene.Settlement!.Value.Id), action, (string?)scene.Input["outcome"], "anna", "for a test", TimeSpan.FromMinutes(5))
        {
            CaseId = scene.Input["case_id"] is { } one ? Guid.Parse((string)one!) : null,
        };

    private static string RequestId() => $"r-{Guid.NewGuid():N}";
}
