using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Rules of workflow types, and what a dynamic workflow says of itself.</summary>
public sealed class WorkflowDefinitionTests
{
    [Theory]
    [InlineData(typeof(NameOfTemporal), "Workflow name __temporal_x cannot start with __temporal")]
    [InlineData(typeof(QueriesOfTemporal), "Query handler name __stack_trace cannot start with __stack_trace")]
    [InlineData(typeof(QueriesOfTemporal), "Query handler name __enhanced_stack_trace cannot start with __enhanced_stack_trace")]
    [InlineData(typeof(QueriesOfTemporal), "Shared cannot be static")]
    [InlineData(typeof(QueriesOfTemporal), "Cannot find update method named Nowhere for WorkflowUpdateValidator")]
    [InlineData(typeof(OptionsWithoutNeed), "can only be used in dynamic workflows")]
    [InlineData(typeof(OptionsTwice), "cannot be used more than once")]
    public void Create_OfATypeThatBreaksARule_SaysWhich(Type type, string message) =>
        Should.Throw<AggregateException>(() => WorkflowDefinition.Create(type)).Message.ShouldContain(message);

    [Fact]
    public async Task DynamicOptions_OfADynamicWorkflow_DecideWhatFailsIt()
    {
        var workflow = OfflineWorkflow.Of<SelfDescribing>();

        var commands = await workflow.TaskAsync();

        commands.Single().CommandType.ShouldBe(CommandType.FailWorkflowExecution);
        commands.Single().FailWorkflowExecutionCommandAttributes.Failure.Message.ShouldBe("as its options say");
    }

    [Workflow("__temporal_x")]
    public class NameOfTemporal
    {
        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;
    }

    [Workflow]
    public class QueriesOfTemporal
    {
        [WorkflowQuery]
        public static string Shared => string.Empty;

        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;

        [WorkflowQuery("__stack_trace")]
        public string One() => string.Empty;

        [WorkflowQuery("__enhanced_stack_trace")]
        public string Two() => string.Empty;

        [WorkflowUpdateValidator("Nowhere")]
        public void Validate()
        {
        }
    }

    [Workflow]
    public class OptionsWithoutNeed
    {
        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;

        [WorkflowDynamicOptions]
        public WorkflowDefinitionOptions Options() => new();
    }

    [Workflow(Dynamic = true)]
    public class OptionsTwice
    {
        [WorkflowRun]
        public Task RunAsync(IRawValue[] args) => Task.CompletedTask;

        [WorkflowDynamicOptions]
        public WorkflowDefinitionOptions One() => new();

        [WorkflowDynamicOptions]
        public WorkflowDefinitionOptions Two() => new();
    }

    [Workflow(Dynamic = true)]
    public class SelfDescribing
    {
        [WorkflowRun]
        public Task RunAsync(IRawValue[] args) => throw new TimeZoneNotFoundException("as its options say");

        [WorkflowDynamicOptions]
        public WorkflowDefinitionOptions Options() => new() { FailureExceptionTypes = [typeof(TimeZoneNotFoundException)] };
    }
}
