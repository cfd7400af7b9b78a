using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>The list-filter language: what each filter finds among six workflows, and how a wrong one is refused.</summary>
public abstract class FilterBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private readonly string mark = NewId("mark");

    [Fact]
    public Task Filters_OverSixWorkflows_FindWhatTheySay() => RecordedAsync(async () =>
    {
        await SeedAsync();
        foreach (var (filter, expected) in Filters)
        {
            var query = $"TestKeyword = '{mark}' AND ({filter})";
            (await CountAsync(query)).ShouldBe(expected.Length, filter);
            var found = await ListAsync(query);
            string.Concat(found.Order()).ShouldBe(expected, filter);
        }
    });

    [Fact]
    public Task List_InPages_FindsAllOnceAndTheNewestFirst() => RecordedAsync(async () =>
    {
        await SeedAsync();
        var request = new Api.WorkflowService.V1.ListWorkflowExecutionsRequest { Namespace = Namespace, Query = $"TestKeyword = '{mark}'", PageSize = 2 };
        var found = new List<string>();
        do
        {
            var page = await Service.ListWorkflowExecutionsAsync(request);
            page.Executions.Count.ShouldBeLessThanOrEqualTo(2);
            found.AddRange(page.Executions.Select(e => Letter(e.Execution.WorkflowId)));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        found.Order().ShouldBe(["a", "b", "c", "d", "e", "f"]);
        // Open ones come first, each part by its time, the newest first.
        found[..3].Order().ShouldBe(["a", "b", "c"]);
    });

    [Fact]
    public Task List_OfOneWorkflow_ShowsWhatIsKnownOfIt() => RecordedAsync(async () =>
    {
        await SeedAsync();
        var page = await Service.ListWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = $"TestKeyword = '{mark}' AND TestInt = 5" });
        Observe("listed", page.Executions.Single());
        var scanned = await Service.ScanWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = $"TestKeyword = '{mark}' AND TestInt = 5" });
        scanned.Executions.Single().Execution.ShouldBe(page.Executions.Single().Execution);
    });

    [Fact]
    public Task Count_InGroups_CountsEachStatus() => RecordedAsync(async () =>
    {
        await SeedAsync();
        var counted = await Service.CountWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = $"TestKeyword = '{mark}' GROUP BY ExecutionStatus" });
        counted.Count.ShouldBe(6);
        var groups = counted.Groups.OrderByDescending(g => g.Count).ThenBy(g => g.GroupValues[0].Data.ToStringUtf8(), StringComparer.Ordinal);
        foreach (var group in groups)
        {
            Observe("group", group);
        }
    });

    [Theory]
    [InlineData("NobodyRegisteredThis = 1")]
    [InlineData("WorkflowType LIKE 'a%'")]
    [InlineData("ExecutionStatus = 'Nope'")]
    [InlineData("StartTime > 'yesterday'")]
    [InlineData("TestInt = 'three'")]
    [InlineData("WorkflowId = abc")]
    [InlineData("WorkflowId")]
    [InlineData("1 = 1")]
    [InlineData("WorkflowId = 'a' ORDER BY StartTime")]
    [InlineData("WorkflowId = 'a' LIMIT 3")]
    [InlineData("(WorkflowId = 'a'")]
    [InlineData("WorkflowId STARTS_WITH 5")]
    [InlineData("TestBool = 'maybe'")]
    [InlineData("TestDouble > 'x'")]
    [InlineData("StartTime BETWEEN 1")]
    public Task Filter_ThatIsWrong_IsRefusedAndSaysWhy(string filter) => RecordedAsync(
        async () => (await RefusedAsync(filter, () => Service.ListWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = filter })))
            .Code.ShouldBe(RpcException.StatusCode.InvalidArgument),
        CaseName(filter));

    [Theory]
    [InlineData("GROUP BY WorkflowType")]
    [InlineData("GROUP BY ExecutionStatus, WorkflowType")]
    public Task Count_InOtherGroups_IsRefusedAndSaysWhy(string filter) => RecordedAsync(
        async () => (await RefusedAsync(filter, () => Service.CountWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = filter })))
            .Code.ShouldBe(RpcException.StatusCode.InvalidArgument),
        CaseName(filter));

    /// <summary>Filters, and the letters of the workflows that they find: a, b, c run, d was terminated, e and f have completed.</summary>
    private static (string Filter, string Expected)[] Filters =>
    [
        ("ExecutionStatus = 'Running'", "abc"),
        ("ExecutionStatus = 1", "abc"),
        ("ExecutionStatus != 'Running'", "def"),
        ("ExecutionStatus IN ('Terminated', 'Completed')", "def"),
        ("ExecutionStatus NOT IN ('Terminated', 'Completed')", "abc"),
        ("TestInt = 3", "c"),
        ("TestInt > 3", "def"),
        ("TestInt >= 3 AND TestInt < 5", "cd"),
        ("TestInt BETWEEN 2 AND 4", "bcd"),
        ("TestInt NOT BETWEEN 2 AND 4", "aef"),
        ("TestInt != 1", "bcdef"),
        ("TestInt IN (1, 6, 9)", "af"),
        ("TestInt = 1 OR TestInt = 2", "ab"),
        ("NOT TestInt = 1", "bcdef"),
        ("NOT (TestInt = 1 OR TestInt > 2)", "b"),
        ("TestInt = 1 OR TestInt = 2 AND ExecutionStatus = 'Completed'", "a"),
        ("TestBool = true", "ace"),
        ("TestBool = false", "bdf"),
        ("TestBool IS NULL", ""),
        ("TestDouble IS NULL", "bdf"),
        ("TestDouble IS NOT NULL", "ace"),
        ("TestDouble > 2.5", "ce"),
        ("TestDatetime < '2026-01-03T00:00:00Z'", "ab"),
        ("TestDatetime >= '2026-01-05T00:00:00Z'", "ef"),
        ("TestDatetime BETWEEN '2026-01-01T12:00:00Z' AND '2026-01-04T12:00:00Z'", "bcd"),
        ("TestKeywordList = 'even'", "bdf"),
        ("TestKeywordList IN ('even', 'third')", "bcdf"),
        ("TestKeywordList IS NULL", "ae"),
        ("WorkflowType = 'Raw'", "abcdef"),
        ("WorkflowType = 'Other'", ""),
        ("WorkflowType STARTS_WITH 'R'", "abcdef"),
        ("WorkflowType NOT STARTS_WITH 'R'", ""),
        ("CloseTime IS NULL", "abc"),
        ("CloseTime IS NOT NULL", "def"),
        ("StartTime > '2020-01-01T00:00:00Z'", "abcdef"),
        ("StartTime < '2020-01-01T00:00:00Z'", ""),
        ("HistoryLength > 4", "ef"),
        ("ExecutionDuration < '1h'", "def"),
        ("`TestInt` = 1", "a"),
        ("TestInt = 1 or not TestInt in (1, 2, 3, 4, 5)", "af"),
    ];

    private static string Letter(string workflowId) => workflowId[..1];

    private async Task SeedAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            await SeedOneAsync(i);
        }
        await EventuallyAsync(async () => await CountAsync($"TestKeyword = '{mark}' AND ExecutionStatus = 'Running'") == 3);
        await EventuallyAsync(async () => await CountAsync($"TestKeyword = '{mark}' AND ExecutionStatus = 'Completed'") == 2);
        await EventuallyAsync(async () => await CountAsync($"TestKeyword = '{mark}'") == 6);
    }

    private async Task SeedOneAsync(int i)
    {
        var id = NewId($"{(char)('a' + i)}");
        var attributes = new SearchAttributes
        {
            IndexedFields =
            {
                ["TestKeyword"] = Commands.Payload(mark),
                ["TestInt"] = Commands.Payload(i + 1),
                ["TestBool"] = Commands.Payload(i % 2 == 0),
                ["TestDatetime"] = Commands.Payload($"2026-01-0{i + 1}T00:00:00Z"),
            },
        };
        if (i % 2 == 0)
        {
            attributes.IndexedFields["TestDouble"] = Commands.Payload(i + 0.75);
        }
        if (i is 1 or 3 or 5)
        {
            attributes.IndexedFields["TestKeywordList"] = Commands.Payload(new[] { "even", $"number{i + 1}" });
        }
        if (i == 2)
        {
            attributes.IndexedFields["TestKeywordList"] = Commands.Payload(new[] { "third" });
        }
        var queue = NewId("queue");
        await StartAsync(r =>
        {
            r.WorkflowId = id;
            r.TaskQueue = new() { Name = queue };
            r.SearchAttributes = attributes;
        });
        if (i == 3)
        {
            await Service.TerminateWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = id } });
        }
        if (i > 3)
        {
            await CompleteAsync(await PollAsync(new() { Name = queue, Kind = TaskQueueKind.Normal }), Commands.Complete());
        }
    }

    private async Task<long> CountAsync(string query) => (await Service.CountWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = query })).Count;

    private async Task<IEnumerable<string>> ListAsync(string query) =>
        (await Service.ListWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = query, PageSize = 100 })).Executions.Select(e => Letter(e.Execution.WorkflowId));
}
