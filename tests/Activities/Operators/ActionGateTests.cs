using System.Reflection;
using Settlement.Activities.Notifications;
using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Operators;
using Settlement.Activities.Operations;
using Settlement.Activities.Tests.Support;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Operators;

/// <summary>Nobody is audited as the API whom the API has not authenticated, whatever he types.</summary>
[Collection(BooksCollection.Name)]
public sealed class ActionGateTests(Books books)
{
    /// <summary>Every activity that takes an action on the environment; a new one is met here without a word in this file.</summary>
    public static TheoryData<string> Operations => new(OperationMethods().Where(method => ActionOf(method) is not null).Select(method => method.Name));

    [Fact]
    public void Operations_AreThoseOfTheCatalogue() =>
        OperationMethods().Select(ActionOf).OfType<Type>().ShouldBe(
            ActionCatalogue.All.Where(one => one.Door == ActionDoor.Workflow).Select(one => one.Input), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_SaysApiWithoutASignature_IsRefusedFirstOfAll(string name)
    {
        var method = OperationMethods().Single(one => one.Name == name);
        var requestId = Guid.NewGuid().ToString("N");
        var action = (OperatorAction)Activator.CreateInstance(ActionOf(method)!)! with { Operator = "mallory", Reason = "because", RequestId = requestId, Source = ActorSources.Api };

        var refusal = await Should.ThrowAsync<ApplicationFailureException>(() => (Task)method.Invoke(books.Get(method.DeclaringType!), [action, Books.Now])!);

        (refusal.ErrorType, refusal.NonRetryable).ShouldBe((OperatorRefusals.NotFromTheApi, true));
        refusal.Message.ShouldContain("does not carry its signature: leave source out");
        var entry = await books.ReadAsync(context => context.AuditLog.SingleAsync(row => row.RequestId == requestId));
        (entry.Action, entry.Actor, entry.ActorSource, entry.Reason).ShouldBe(("action_refused", "mallory", ActorSource.CommandLine, "because"));
    }

    [Fact]
    public async Task Update_SaysApiWithoutOrWithAnothersSignature_IsRefusedAndAuditedOnce()
    {
        var (mine, other) = (await books.CreateAsync(), await books.CreateAsync());
        var action = Action("gate-1");
        var (workflow, otherWorkflow) = (await WorkflowAsync(mine), await WorkflowAsync(other));
        var sameRequest = Books.Keys.Sign(SettlementNames.RetryUpdate, workflow, action);

        await RefusedAsync(mine, SettlementNames.RetryUpdate, action, "does not carry its signature");
        await RefusedAsync(mine, SettlementNames.RetryUpdate, action, "does not carry its signature");
        await RefusedAsync(mine, SettlementNames.RetryUpdate, action with { Signature = new string('A', 43) }, "is not one that it made for this Retry");
        await RefusedAsync(mine, SettlementNames.CancelUpdate, sameRequest, "is not one that it made for this Cancel");
        await RefusedAsync(mine, SettlementNames.RetryUpdate, sameRequest with { Operator = "mallory" }, "is not one that it made");
        await RefusedAsync(mine, SettlementNames.RetryUpdate, sameRequest with { Reason = "another" }, "is not one that it made");
        await RefusedAsync(mine, SettlementNames.RetryUpdate, Books.Keys.Sign(SettlementNames.RetryUpdate, otherWorkflow, action), "is not one that it made");

        var entries = await books.ReadAsync(context => context.AuditLog.Where(row => row.SettlementId == mine.SettlementId && row.RequestId == "gate-1").ToListAsync());
        entries.Count.ShouldBe(6, "a repeat of the activity is no second attempt");
        entries.ShouldAllBe(entry => entry.ActorSource == ActorSource.CommandLine && entry.Action.EndsWith("_refused", StringComparison.Ordinal));
        // Nobody takes the request id away from its owner by guessing it.
        var record = await RecordAsync(mine, SettlementNames.RetryUpdate, sameRequest);
        record.Actor.ShouldBe(new Actor("olga", ActorSource.Api));
    }

    [Fact]
    public async Task Update_OfTheApi_IsAuditedAsTheApis()
    {
        var step = await books.CreateAsync();
        var action = new ExtendDeadlineAction { Operator = "olga", Reason = "because", RequestId = "gate-2", Source = ActorSources.Api, Until = Books.Now.AddDays(1) };
        var signed = (ExtendDeadlineAction)Books.Keys.Sign(SettlementNames.ExtendDeadlineUpdate, await WorkflowAsync(step), action);

        await RefusedAsync(step, SettlementNames.ExtendDeadlineUpdate, signed with { Until = signed.Until.AddDays(1) }, "is not one that it made");
        (await RecordAsync(step, SettlementNames.ExtendDeadlineUpdate, signed)).Actor.Source.ShouldBe(ActorSource.Api);

        var entry = await books.ReadAsync(context => context.AuditLog.SingleAsync(row => row.SettlementId == step.SettlementId && row.Action == "operator_extenddeadline"));
        (entry.Actor, entry.ActorSource).ShouldBe(("olga", ActorSource.Api));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ActorSources.CommandLine)]
    public async Task CommandLine_WithoutASignature_IsLetInAsTheCommandLine(string? source)
    {
        var actor = await books.Get<ActionGate>().AdmitAsync(OperationNames.SetSwitch, Action("gate-3") with { Source = source }, Books.Now);

        actor.ShouldBe(new Actor("olga", ActorSource.CommandLine));
    }

    [Fact]
    public async Task SetSwitch_OfTheApiAndRepeatedByHand_IsOneAct()
    {
        var name = SwitchName.Transfers + ":BANK-GATE";
        var action = new SwitchAction { Operator = "ada", Reason = "maintenance", RequestId = "gate-4", Source = ActorSources.Api, Name = name, Stopped = true };
        var signed = (SwitchAction)Books.Keys.Sign(OperationNames.SetSwitch, "", action);

        var first = await books.Get<ReferenceDataActivities>().SetSwitchAsync(signed, Books.Now);
        var repeat = await books.Get<ReferenceDataActivities>().SetSwitchAsync(action with { Source = null }, Books.Now);

        repeat.ShouldBe(first);
        await Should.ThrowAsync<ApplicationFailureException>(() => books.Get<ReferenceDataActivities>().SetSwitchAsync(signed with { Stopped = false }, Books.Now));
    }

    private static OperatorAction Action(string requestId) => new() { Operator = "olga", Reason = "because", RequestId = requestId, Source = ActorSources.Api };

    /// <summary>The activities of operators' actions that belong to no open settlement.</summary>
    private static IEnumerable<MethodInfo> OperationMethods() =>
        OperationActivityTypes.All.SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(ActivityAttribute), false));

    private static Type? ActionOf(MethodInfo activity) =>
        activity.GetParameters().Select(parameter => parameter.ParameterType).SingleOrDefault(type => type.IsAssignableTo(typeof(OperatorAction)));

    private async Task<string> WorkflowAsync(StepInput step) => SettlementReference.WorkflowId((await books.SettlementAsync(step.SettlementId)).Reference);

    private Task<OperatorRecord> RecordAsync(StepInput step, string update, OperatorAction action) =>
        books.Get<PeopleActivities>().RecordOperatorActionAsync(OperatorActionInput.Of(step, update, action, "stella"));

    private async Task RefusedAsync(StepInput step, string update, OperatorAction action, string why)
    {
        var refusal = await Should.ThrowAsync<ApplicationFailureException>(() => RecordAsync(step, update, action));
        (refusal.ErrorType, refusal.NonRetryable).ShouldBe((OperatorRefusals.NotFromTheApi, true));
        refusal.Message.ShouldContain(why);
    }
}
