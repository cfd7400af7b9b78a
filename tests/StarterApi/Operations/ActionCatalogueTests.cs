using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Settlement.StarterApi.Endpoints;
using Settlement.StarterApi.Tests.Support;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Operations;
using Temporalio.Workflows;

namespace Settlement.StarterApi.Tests.Operations;

/// <summary>No action is forgotten at one of the doors: the workflows, the API and the runbook have the same actions, and each of them has all.</summary>
[Collection(ApiCollection.Name)]
public sealed class ActionCatalogueTests(ApiFixture api)
{
    private static readonly string Runbook = File.ReadAllText(Path.Combine(AppHost.Processes.RepositoryRoot.Folder, "docs", "runbook.md"));

    /// <summary>What changes something and is no action of an operator: starting, tickets, logins, messages of banks.</summary>
    private static readonly string[] NoActions =
    [
        "POST /settlements", "POST /api/v1/settlements", "POST /settlements/{id}/tickets", "POST /api/v1/settlements/{id}/tickets", "POST /api/v1/cases/{id}/tickets",
        "POST /api/v1/auth/login", "POST /api/v1/auth/refresh", "POST /api/v1/banks/{bank}/messages",
    ];

    public static TheoryData<string> Actions => new(ActionCatalogue.All.Select(actionName => actionName.Name));

    [Fact]
    public void Catalogue_OfUpdates_IsWhatASettlementTakes() =>
        ActionCatalogue.All.Where(actionName => actionName.Door == ActionDoor.Update).Select(actionName => (actionName.Name, actionName.Input)).Order().ShouldBe(
            typeof(ISettlementWorkflow).GetMethods().Where(method => method.GetCustomAttribute<WorkflowUpdateAttribute>() is not null)
                .Select(method => (method.GetCustomAttribute<WorkflowUpdateAttribute>()!.Name!, method.GetParameters().Single().ParameterType)).Order());

    [Fact]
    public void Catalogue_OfWorkflows_IsWhatTheWorkerRuns() =>
        ActionCatalogue.All.Where(actionName => actionName.Door == ActionDoor.Workflow).Select(actionName => $"{actionName.Name} {actionName.Input.Name}").Order().ShouldBe(
            OperationWorkflowTypes.All.Where(type => type != typeof(NotifyOpenSettlementsWorkflow)).Select(type =>
                $"{type.GetCustomAttribute<WorkflowAttribute>()!.Name} {type.GetMethod("RunAsync")!.GetParameters().Single().ParameterType.Name}").Order());

    [Fact]
    public void Endpoint_ThatChangesSomething_IsAnActOrNoneOnPurpose() =>
        Endpoints().Where(endpoint => !endpoint.Name.StartsWith("GET ", StringComparison.Ordinal) && endpoint.Action is null).Select(endpoint => endpoint.Name).Order().ShouldBe(NoActions.Order());

    [Fact]
    public void Catalogue_EveryAct_HasItsEndpoint() =>
        Endpoints().Where(endpoint => endpoint.Action is not null).Select(endpoint => endpoint.Action!).Distinct().Order().ShouldBe(ActionCatalogue.All.Select(actionName => actionName.Name).Order());

    [Theory]
    [MemberData(nameof(Actions))]
    public void Runbook_EveryAct_IsShownAtBothDoorsWithRealOutput(string name)
    {
        var actionName = ActionCatalogue.All.Single(one => one.Name == name);
        var section = Section(name);
        var endpoint = Endpoints().First(one => one.Action == name && !one.Name.Contains("/api/v1/settlements", StringComparison.Ordinal)).Name;
        section.ShouldContain($"`{endpoint}`");
        var command = actionName.Door == ActionDoor.Update ? $"--name {name} " : $"--type {name} ";
        var shown = Commands(section).ToList();
        shown.ShouldContain(one => one.Command.StartsWith("temporal workflow ", StringComparison.Ordinal) && one.Command.Contains(command, StringComparison.Ordinal) && one.Output.Length > 20,
            $"a temporal command with {command}and its output");
        shown.ShouldContain(one => one.Command.StartsWith("curl ", StringComparison.Ordinal) && one.Output.Length > 20, "a curl command and its output");
        if (actionName.NeedsTicket)
            section.ShouldContain("ticket");
    }

    /// <summary>From the heading that names the action to the next heading.</summary>
    private static string Section(string actionName)
    {
        var lines = Runbook.Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith('#') && line.Contains($"`{actionName}`", StringComparison.Ordinal));
        start.ShouldBeGreaterThanOrEqualTo(0, $"the runbook has no section with `{actionName}` in its heading");
        return string.Join('\n', lines.Skip(start).TakeWhile((line, i) => i == 0 || !line.StartsWith('#')));
    }

    /// <summary>The commands of a section (<c>$ …</c>, with the lines that they go on to by a backslash), each with what was printed.</summary>
    private static IEnumerable<(string Command, string Output)> Commands(string section)
    {
        var lines = section.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("$ ", StringComparison.Ordinal))
                continue;
            var command = lines[i][2..];
            while (lines[i].EndsWith('\\'))
                command = command.TrimEnd('\\') + lines[++i].TrimStart();
            var output = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("$ ", StringComparison.Ordinal) && !line.StartsWith("```", StringComparison.Ordinal));
            yield return (command, string.Join('\n', output).Trim());
        }
    }

    private IEnumerable<(string Name, string? Action)> Endpoints() =>
        from endpoint in api.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods ?? []
        select ($"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}", endpoint.Metadata.GetMetadata<Performs>()?.Action);
}
