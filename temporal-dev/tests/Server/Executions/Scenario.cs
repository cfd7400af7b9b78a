using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Executions;

/// <summary>
/// One run driven step by step as the engine does it. After every step the run is built again from what would be in the store and held against the
/// live one, so that no scenario can pass on a state that a restart would lose.
/// </summary>
internal sealed class Scenario
{
    public const string Queue = "q";
    public const string Sticky = "worker-1";

    private readonly List<HistoryEvent> events = [];
    private byte[] extras = [];

    public static readonly NamespaceFacts Namespace = new(
        "default", "11111111-1111-1111-1111-111111111111", TimeSpan.FromDays(3), SearchAttributeRegistry.Empty.With("Colour", IndexedValueType.Keyword));

    public TestIds Ids { get; init; } = new();

    public Limits Limits { get; init; } = Limits.Default;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public ExecutionState State { get; private set; } = null!;

    /// <summary>All events stored so far.</summary>
    public IReadOnlyList<HistoryEvent> Events => events;

    /// <summary>What the last step gave.</summary>
    public TransitionResult Last { get; private set; } = null!;

    /// <summary>Event types so far, for example "WorkflowExecutionStarted".</summary>
    public IEnumerable<string> Types => events.Select(e => e.EventType.ToString());

    public TransitionContext Context => new(Now, Ids, Limits, Namespace);

    public static StartWorkflowExecutionRequest StartRequest(string workflowId = "w") => new()
    {
        Namespace = Namespace.Name,
        WorkflowId = workflowId,
        WorkflowType = new WorkflowType { Name = "Settle" },
        TaskQueue = new TaskQueue { Name = Queue },
        Input = PayloadFacts.Text("input"),
        Identity = "client",
        RequestId = "start-1",
    };

    /// <summary>A started run.</summary>
    public static Scenario Started(Action<StartWorkflowExecutionRequest>? change = null, Limits? limits = null, ParentFacts? parent = null, SignalFacts? signal = null)
    {
        var scenario = new Scenario { Limits = limits ?? Limits.Default };
        var request = StartRequest();
        change?.Invoke(request);
        var facts = new StartFacts(scenario.Ids.NewUuid(), request) { Parent = parent, Signal = signal };
        scenario.Take(Transition.Start(facts, scenario.Context));
        return scenario;
    }

    /// <summary>A run that another transition has begun.</summary>
    public static Scenario Of(TransitionResult result, Scenario before)
    {
        var scenario = new Scenario { Limits = before.Limits, Ids = before.Ids, Now = before.Now };
        scenario.Record(result);
        return scenario;
    }

    /// <summary>A run that a transition begins.</summary>
    public static Scenario Begun(Transition transition, Scenario before)
    {
        var scenario = new Scenario { Limits = before.Limits, Ids = before.Ids, Now = before.Now };
        scenario.Take(transition);
        return scenario;
    }

    /// <summary>One step.</summary>
    public T Do<T>(Func<Transition, T> verb)
    {
        var transition = new Transition(State, Context);
        var result = verb(transition);
        Take(transition);
        return result;
    }

    public void Do(Action<Transition> verb) => Do(t =>
    {
        verb(t);
        return true;
    });

    /// <summary>Time passes, and the run does what is due.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        Do(t => t.Fire());
    }

    /// <summary>A worker takes the waiting workflow task.</summary>
    public StartedWorkflowTask Poll(bool sticky = false, string identity = "worker") =>
        TryPoll(sticky, identity).ShouldNotBeNull("a workflow task was to wait");

    public StartedWorkflowTask? TryPoll(bool sticky = false, string identity = "worker")
    {
        var offer = State.WaitingTasks().OfType<WorkflowTaskToOffer>().FirstOrDefault();
        return offer is null ? null : Do(t => t.StartWorkflowTask(offer, new PollerFacts(identity, sticky ? Sticky : Queue, sticky)));
    }

    /// <summary>A worker takes the waiting workflow task and answers it with commands.</summary>
    public CompletedWorkflowTask Work(params Command[] commands) => Answer(Poll(), commands);

    public CompletedWorkflowTask Answer(StartedWorkflowTask task, params Command[] commands) => Answer(task, Request(commands));

    public CompletedWorkflowTask Answer(StartedWorkflowTask task, RespondWorkflowTaskCompletedRequest request) =>
        Do(t => t.CompleteWorkflowTask(task.Task, request));

    public static RespondWorkflowTaskCompletedRequest Request(params Command[] commands) => new() { Identity = "worker", Commands = { commands } };

    public static RespondWorkflowTaskCompletedRequest StickyRequest(params Command[] commands) => new()
    {
        Identity = "worker",
        Commands = { commands },
        StickyAttributes = new StickyExecutionAttributes
        {
            WorkerTaskQueue = new TaskQueue { Name = Sticky, Kind = TaskQueueKind.Sticky, NormalName = Queue },
            ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        },
    };

    /// <summary>A worker takes the waiting activity.</summary>
    public StartedActivity PollActivity() => TryPollActivity().ShouldNotBeNull("an activity was to wait");

    public StartedActivity? TryPollActivity()
    {
        var offer = State.WaitingTasks().OfType<ActivityTaskToOffer>().FirstOrDefault();
        return offer is null ? null : Do(t => t.StartActivity(offer, new PollerFacts("activity-worker", Queue, IsSticky: false)));
    }

    public HistoryEvent Event(EventType type) => events.Single(e => e.EventType == type);

    private void Take(Transition transition) => Record(transition.Finish());

    private void Record(TransitionResult result)
    {
        Last = result;
        State = result.State;
        if (result.Write is not { } write)
            return;
        write.ExpectedVersion.ShouldBe(State.Version);
        foreach (var batch in write.Append)
        {
            batch.FirstEventId.ShouldBe(events.Count + 1);
            events.AddRange(History.Parser.ParseFrom(batch.Events).Events);
            events.Count.ShouldBe((int)batch.NextEventId - 1);
        }

        extras = write.Extras;
        State.Committed();
        write.IsLive.ShouldBe(State.IsLive);
        StoreTransactionCheck.Check(new StoreTransaction { Runs = [write] });
        CompareWithStored();
    }

    private void CompareWithStored()
    {
        var rebuilt = ExecutionState.Rebuild(new StoredRun(State.Run, State.Version, State.NextEventId, extras), events.Select(e => e.Clone()));
        Extras.Parser.ParseFrom(rebuilt.WriteExtras()).ShouldBe(Extras.Parser.ParseFrom(State.WriteExtras()));
        rebuilt.Describe(Now).ShouldBe(State.Describe(Now));
        rebuilt.Status.ShouldBe(State.Status);
        rebuilt.NextEventId.ShouldBe(State.NextEventId);
        rebuilt.PreviousStartedEventId.ShouldBe(State.PreviousStartedEventId);
        rebuilt.LastCompletedTaskEventId.ShouldBe(State.LastCompletedTaskEventId);
        rebuilt.SignalCount.ShouldBe(State.SignalCount);
        rebuilt.Timers.Values.OrderBy(t => t.StartedEventId).ShouldBe(State.Timers.Values.OrderBy(t => t.StartedEventId));
        rebuilt.Children.Select(c => (c.Key, c.Value.StartedEventId)).ShouldBe(State.Children.Select(c => (c.Key, c.Value.StartedEventId)));
        rebuilt.UndeliveredEffects("default").Select(e => e.Id).ShouldBe(State.UndeliveredEffects("default").Select(e => e.Id));
        Kept(rebuilt).ShouldBe(Kept(State));
        rebuilt.IsLive.ShouldBe(State.IsLive);
        // What a restart forgets on purpose is stickiness and that a retry is offered already: nothing may become due later for it.
        if (State.Task is not { IsSpeculative: true } and not { StickyDue: not null })
            (rebuilt.NextDue ?? DateTimeOffset.MaxValue).ShouldBeLessThanOrEqualTo(State.NextDue ?? DateTimeOffset.MaxValue);
    }

    private static IEnumerable<string> Kept(ExecutionState state) =>
        state.Updates.Values.Where(u => !u.IsAdmitted || u.AdmittedEventId > 0).OrderBy(u => u.Id, StringComparer.Ordinal)
            .Select(u => $"{u.Id} {u.Stage} {u.AdmittedEventId} {u.AcceptedEventId} {u.Outcome}");
}
