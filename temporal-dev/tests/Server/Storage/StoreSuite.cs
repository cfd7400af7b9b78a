using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>What every store must do. One inheritor for each implementation.</summary>
public abstract class StoreSuite : IAsyncLifetime
{
    private static readonly DocumentKey Document = new(DocumentKind.Schedule, Sample.NamespaceId, "daily");

    private protected IStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CloseAsync();
    }

    private protected abstract Task<IStore> OpenAsync();

    protected virtual Task CloseAsync() => Task.CompletedTask;

    [Fact]
    public async Task Commit_NewRun_IsLoadedWithItsExtrasAndAsCurrent()
    {
        var run = Sample.Run();
        await Store.CommitAsync(Sample.New(run));

        var loaded = (await Store.LoadRunAsync(run, default)).ShouldNotBeNull();
        (loaded.Version, loaded.NextEventId).ShouldBe((1, 3));
        loaded.Extras.ShouldBe([9]);
        (await Store.CurrentRunAsync(run.NamespaceId, run.WorkflowId, default)).ShouldBe(new CurrentRun(run.RunId, WorkflowExecutionStatus.Running, "request", Sample.Start));
    }

    [Fact]
    public async Task Load_OtherNamespaceOrWorkflowIdOrNonsense_FindsNothing()
    {
        var run = Sample.Run();
        await Store.CommitAsync(Sample.New(run));

        foreach (var other in new[] { run with { NamespaceId = Guid.NewGuid().ToString("D") }, run with { WorkflowId = "v" }, run with { RunId = "x" }, run with { WorkflowId = "\0" } })
        {
            (await Store.LoadRunAsync(other, default)).ShouldBeNull();
            (await Store.ReadEventsAsync(other, 1, 1000, default)).Batches.ShouldBeEmpty();
        }

        (await Store.CurrentRunAsync("nonsense", "w", default)).ShouldBeNull();
        (await Store.CurrentRunAsync(Sample.NamespaceId, "\0", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OldVersion_ConflictsAndWritesNothing()
    {
        var (run, other) = (Sample.Run(), Sample.Run("other"));
        await Store.CommitAsync(Sample.New(run));
        await Store.CommitAsync(Sample.Next(run, 1, Sample.Batch(3, 1)));

        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(Sample.New(other), Sample.Next(run, 1)));
        (await Store.LoadRunAsync(other, default)).ShouldBeNull();
        (await Store.LoadRunAsync(run, default))!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Commit_EventsThatDoNotFollow_Conflict()
    {
        var run = Sample.Run();
        await Store.CommitAsync(Sample.New(run));

        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(Sample.Next(run, 1, Sample.Batch(4, 1))));
        await Should.ThrowAsync<StoreRejectedException>(async () => await Store.CommitAsync(Sample.Next(run, 1, Sample.Batch(3, 1), Sample.Batch(5, 1))));
    }

    [Fact]
    public async Task Commit_SecondRunOfAWorkflowId_NeedsToKnowTheFirst()
    {
        var (first, second) = (Sample.Run(), Sample.Run());
        await Store.CommitAsync(Sample.New(first));

        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(Sample.New(second)));
        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(Sample.New(second, replacing: second.RunId)));
        await Store.CommitAsync(Sample.Next(first, 1) with { IsLive = false }, Sample.New(second, replacing: first.RunId));
        (await Store.CurrentRunAsync(first.NamespaceId, first.WorkflowId, default))!.RunId.ShouldBe(second.RunId);
    }

    [Fact]
    public async Task Commit_ManyAtOnceWithOneConflict_OnlyThatOneFails()
    {
        var runs = Enumerable.Range(0, 50).Select(i => Sample.Run($"w{i}")).ToList();
        await Store.CommitAsync(Sample.New(runs[7]));

        var commits = runs.Select(r => Store.CommitAsync(Sample.New(r)).AsTask()).ToList();
        await Should.ThrowAsync<StoreConflictException>(() => commits[7]);
        await Task.WhenAll(commits.Where((_, i) => i != 7));
        foreach (var run in runs)
            (await Store.LoadRunAsync(run, default)).ShouldNotBeNull().Version.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_TextThatCannotBeStored_IsRejected()
    {
        var run = Sample.Run();
        var row = Sample.Row(run);
        foreach (var bad in new[]
        {
            row with { WorkflowType = "a\0b" },
            row with { TaskQueue = "\uD800" },
            row with { SearchAttributes = new Dictionary<string, SearchAttributeValue> { ["A"] = new(IndexedValueType.Double, double.NaN) } },
            row with { SearchAttributes = new Dictionary<string, SearchAttributeValue> { ["A"] = new(IndexedValueType.Int, "1") } },
        })
            await Should.ThrowAsync<StoreRejectedException>(async () => await Store.CommitAsync(Sample.New(run) with { Visibility = bad }));
        (await Store.LoadRunAsync(run, default)).ShouldBeNull();
    }

    [Fact]
    public async Task ReadEvents_InPages_GivesWholeBatchesInOrder()
    {
        var run = Sample.Run();
        await Store.CommitAsync(Sample.New(run));
        await Store.CommitAsync(Sample.Next(run, 1, Sample.Batch(3, 3, bytes: 10), Sample.Batch(6, 1, bytes: 10)));
        await Store.CommitAsync(Sample.Next(run, 2, Sample.Batch(7, 2)));

        var first = await Store.ReadEventsAsync(run, 4, 11, default);
        first.Batches.Select(b => b.FirstEventId).ShouldBe([3, 6]);
        first.Batches[1].Events.ShouldBe(Sample.Batch(6, 1, bytes: 10).Events);
        first.Continue.ShouldBe(7);
        var last = await Store.ReadEventsAsync(run, 7, 1, default);
        last.Batches.Select(b => b.FirstEventId).ShouldBe([7]);
        last.Continue.ShouldBeNull();
        (await Store.ReadEventsAsync(run, 9, 100, default)).Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadEventsBack_InPages_EndsAtTheFirst()
    {
        var run = Sample.Run();
        await Store.CommitAsync(Sample.New(run));
        await Store.CommitAsync(Sample.Next(run, 1, Sample.Batch(3, 3)));

        var newest = await Store.ReadEventsBackAsync(run, 4, 1, default);
        (newest.Batches.Single().FirstEventId, newest.Continue).ShouldBe((3, 2));
        var oldest = await Store.ReadEventsBackAsync(run, 2, 1, default);
        (oldest.Batches.Single().FirstEventId, oldest.Continue).ShouldBe((1, null));
    }

    [Fact]
    public async Task ScanLiveRuns_AfterSomeEnded_GivesTheOthersWithTheirDueTimes()
    {
        var (ended, waiting, busy) = (Sample.Run("a"), Sample.Run("b"), Sample.Run("c"));
        await Store.CommitAsync(Sample.New(ended), Sample.New(waiting), Sample.New(busy));
        await Store.CommitAsync(Sample.Next(ended, 1) with { IsLive = false });
        await Store.CommitAsync(Sample.Next(waiting, 1) with { NextDue = Sample.Start.AddTicks(1) });

        (await Store.ScanLiveRunsAsync(default).ToListAsync()).ShouldBe(
            [new LiveRun(waiting, Sample.Start.AddTicks(1), false), new LiveRun(busy, null, true)], ignoreOrder: true);
    }

    [Fact]
    public async Task Delete_ExpiredRun_LeavesNoTrace()
    {
        var (run, kept) = (Sample.Run(), Sample.Run("kept"));
        await Store.CommitAsync(Sample.New(run), Sample.New(kept));
        await Store.CommitAsync(Sample.Next(run, 1) with { IsLive = false, RetainUntil = Sample.Start });

        (await Store.ExpiredRunsAsync(Sample.Start, 10, default)).ShouldBeEmpty();
        (await Store.ExpiredRunsAsync(Sample.Start.AddTicks(1), 10, default)).ShouldBe([run]);
        await Store.CommitAsync(new StoreTransaction { Deletes = [run, Sample.Run("never")] }, default);
        (await Store.LoadRunAsync(run, default)).ShouldBeNull();
        (await Store.ReadEventsAsync(run, 1, 100, default)).Batches.ShouldBeEmpty();
        (await Store.CurrentRunAsync(run.NamespaceId, run.WorkflowId, default)).ShouldBeNull();
        (await Store.CountAsync(new VisibilityQuery(Sample.NamespaceId, new Filter.All()), default)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Documents_Versions_AreChecked()
    {
        await Store.CommitAsync(new DocumentWrite(Document, 0, [1]));
        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(new DocumentWrite(Document, 0, [2])));
        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(new DocumentWrite(Document with { Name = "new" }, 3, [2])));
        await Store.CommitAsync(new DocumentWrite(Document, 1, [3]));
        await Store.CommitAsync(new DocumentWrite(Document, null, [4]));

        var stored = (await Store.LoadDocumentAsync(Document, default)).ShouldNotBeNull();
        stored.Version.ShouldBe(3);
        stored.Body.ShouldBe([4]);
        await Store.CommitAsync(new DocumentWrite(Document, null, null));
        (await Store.LoadDocumentAsync(Document, default)).ShouldBeNull();
    }

    [Fact]
    public async Task ListDocuments_ByScope_AreSorted()
    {
        foreach (var name in new[] { "b", "a", "B" })
            await Store.CommitAsync(new DocumentWrite(Document with { Name = name }, null, [1]));
        await Store.CommitAsync(new DocumentWrite(Document with { Scope = "" }, null, [1]));
        await Store.CommitAsync(new DocumentWrite(Document with { Kind = DocumentKind.BatchJob }, null, [1]));

        (await Store.ListDocumentsAsync(DocumentKind.Schedule, Sample.NamespaceId, default)).Select(d => d.Key.Name).ShouldBe(["B", "a", "b"]);
        (await Store.ListDocumentsAsync(DocumentKind.Schedule, null, default)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Commit_DocumentConflict_TakesTheRunWithIt()
    {
        var run = Sample.Run();
        var transaction = new StoreTransaction { Runs = [Sample.New(run)], Documents = [new DocumentWrite(Document, 1, [1])] };

        await Should.ThrowAsync<StoreConflictException>(async () => await Store.CommitAsync(transaction, default));
        (await Store.LoadRunAsync(run, default)).ShouldBeNull();
    }

    [Fact]
    public async Task List_InPages_GivesEachRowOnceNewestFirst()
    {
        var rows = Enumerable.Range(0, 25).Select(i => Sample.Row(Sample.Run($"w{i}")) with
        {
            StartTime = Sample.Start.AddTicks(i % 5),
            CloseTime = i % 3 == 0 ? null : Sample.Start.AddHours(i % 2),
        }).ToList();
        foreach (var row in rows)
            await Store.CommitAsync(Sample.New(row.Run) with { Visibility = row });

        var (query, seen, token) = (new VisibilityQuery(Sample.NamespaceId, new Filter.All()), new List<VisibilityRow>(), (byte[]?)null);
        do
        {
            var page = await Store.ListAsync(query, 7, token, default);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(7);
            seen.AddRange(page.Rows);
            token = page.NextPageToken;
        }
        while (token is not null);

        seen.Select(r => r.Run).ShouldBe(rows
            .OrderByDescending(r => r.CloseTime ?? DateTimeOffset.MaxValue)
            .ThenByDescending(r => r.StartTime)
            .ThenByDescending(r => r.Run.RunId, StringComparer.Ordinal)
            .Select(r => r.Run));
        (await Store.ListAsync(query with { NamespaceId = Guid.NewGuid().ToString("D") }, 7, null, default)).Rows.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidPageTokenException>(async () => await Store.ListAsync(query, 7, [1, 2, 3], default));
    }

    [Fact]
    public async Task List_Row_ComesBackWhole()
    {
        var run = Sample.Run("w\u00e9");
        var row = Sample.Row(run) with
        {
            Status = WorkflowExecutionStatus.Completed,
            CloseTime = Sample.Start.AddSeconds(2),
            HistoryLength = 5,
            HistorySizeBytes = 6,
            StateTransitionCount = 7,
            ParentWorkflowId = "p",
            ParentRunId = "r",
            RootWorkflowId = "o",
            RootRunId = "s",
            Memo = [1, 2],
            SearchAttributes = new Dictionary<string, SearchAttributeValue>
            {
                ["K"] = new(IndexedValueType.Keyword, "it's \"k\""),
                ["I"] = new(IndexedValueType.Int, long.MaxValue),
                ["D"] = new(IndexedValueType.Double, 75.24),
                ["B"] = new(IndexedValueType.Bool, true),
                ["T"] = new(IndexedValueType.Datetime, Sample.Start),
                ["L"] = new(IndexedValueType.KeywordList, new[] { "a", "b" }),
            },
        };
        await Store.CommitAsync(Sample.New(run) with { Visibility = row });

        var found = (await Store.ListAsync(new VisibilityQuery(Sample.NamespaceId, new Filter.All()), 10, null, default)).Rows.Single();
        (found with { SearchAttributes = row.SearchAttributes }).ShouldBeEquivalentTo(row);
        found.SearchAttributes.Keys.ShouldBe(row.SearchAttributes.Keys, ignoreOrder: true);
        foreach (var (name, attribute) in row.SearchAttributes)
        {
            found.SearchAttributes[name].Type.ShouldBe(attribute.Type);
            found.SearchAttributes[name].Value.ShouldBe(attribute.Value);
        }
    }

    [Fact]
    public async Task Count_ByStatus_IsSorted()
    {
        foreach (var status in new[] { WorkflowExecutionStatus.Failed, WorkflowExecutionStatus.Running, WorkflowExecutionStatus.Failed })
        {
            var run = Sample.Run(Guid.NewGuid().ToString());
            await Store.CommitAsync(Sample.New(run) with { Visibility = Sample.Row(run) with { Status = status } });
        }

        var count = await Store.CountAsync(new VisibilityQuery(Sample.NamespaceId, new Filter.All()), default);
        count.Total.ShouldBe(3);
        count.ByStatus.ShouldBe([new(WorkflowExecutionStatus.Running, 1), new(WorkflowExecutionStatus.Failed, 2)]);
    }
}
