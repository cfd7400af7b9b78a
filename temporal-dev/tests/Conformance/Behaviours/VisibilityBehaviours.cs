using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Search attributes, listing and counting.</summary>
public abstract class VisibilityBehaviours(ConformanceServer server) : Behaviour(server)
{
    private static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("TestKeyword");
    private static readonly SearchAttributeKey<bool> Bool = SearchAttributeKey.CreateBool("TestBool");
    private static readonly SearchAttributeKey<long> Int = SearchAttributeKey.CreateLong("TestInt");
    private static readonly SearchAttributeKey<DateTimeOffset> Datetime = SearchAttributeKey.CreateDateTimeOffset("TestDatetime");

    [Fact]
    public Task SearchAttributes_GivenAndChanged_AreSeenByWorkflowAndClient() => WithWorkerAsync(
        options => options.AddWorkflow<AttributesWorkflow>(),
        async queue =>
        {
            var due = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
            var options = Options(queue);
            options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
                .Set(Keyword, "PENDING").Set(Bool, true).Set(Int, 3).Set(Datetime, due).ToSearchAttributeCollection();
            var handle = await Client.StartWorkflowAsync((AttributesWorkflow wf) => wf.RunAsync(), options);
            (await handle.GetResultAsync()).ShouldBe("PENDING");
            var attributes = (await handle.DescribeAsync()).TypedSearchAttributes;
            attributes.Get(Keyword).ShouldBe("SETTLED");
            attributes.Get(Datetime).ShouldBe(due);
            attributes.Get(Int).ShouldBe(3);
            attributes.ContainsKey(Bool).ShouldBeFalse();
        });

    [Fact]
    public Task ListAndCount_WithAQuery_FindWhatMatches() => WithWorkerAsync(
        options => options.AddWorkflow<WaitingWorkflow>(),
        async queue =>
        {
            var mark = NewId("mark");
            var handles = new List<WorkflowHandle>();
            for (var i = 0; i < 3; i++)
            {
                var options = Options(queue);
                options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
                    .Set(Keyword, mark).Set(Bool, i == 0).ToSearchAttributeCollection();
                handles.Add(await Client.StartWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(), options));
            }
            await EventuallyAsync(async () => (await Client.CountWorkflowsAsync($"TestKeyword = '{mark}'")).Count == 3);
            var found = new List<WorkflowExecution>();
            await foreach (var execution in Client.ListWorkflowsAsync($"TestKeyword = '{mark}' AND TestBool = true"))
            {
                found.Add(execution);
            }
            found.Single().WorkflowType.ShouldBe("WaitingWorkflow");
            var groups = (await Client.CountWorkflowsAsync($"TestKeyword = '{mark}' GROUP BY ExecutionStatus")).Groups;
            groups.Single().Count.ShouldBe(3);
            foreach (var handle in handles)
            {
                await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(Api.Enums.V1.EventType.WorkflowTaskCompleted));
                await handle.TerminateAsync();
            }
        });

    [Workflow]
    public class AttributesWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync()
        {
            var before = Workflow.TypedSearchAttributes.Get(Keyword);
            Workflow.UpsertTypedSearchAttributes(Keyword.ValueSet("SETTLED"), Bool.ValueUnset());
            return Task.FromResult(before);
        }
    }

    [Workflow]
    public class WaitingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);
    }
}
