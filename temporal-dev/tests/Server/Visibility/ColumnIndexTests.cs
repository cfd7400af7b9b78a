using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Visibility;
using Temporalio.DevServer.Visibility.Columns;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>The index follows what is committed, however rows change, come and go, and whatever is committed while it is loaded.</summary>
public sealed class ColumnIndexTests
{
    private const string Other = "22222222-2222-2222-2222-222222222222";
    private static readonly Filter All = new Filter.All();
    private static readonly Filter Marked = new Filter.Comparison(new SearchField("Mark", IndexedValueType.Int, IsSystem: false), ComparisonOperator.Equal, 1L);

    [Fact]
    public void Apply_ManyChanges_HoldsWhatAModelHolds()
    {
        var random = new Random(7);
        var index = Loaded();
        var model = new Dictionary<string, VisibilityRow>();
        var ids = new List<RunKey>();
        for (var step = 0; step < 30_000; step++)
        {
            // More starts at first, more ends later: segments fill and are emptied again.
            var act = random.Next(10);
            if (ids.Count == 0 || (step < 15_000 ? act < 6 : act < 1))
            {
                var run = Sample.Run($"w{step}");
                ids.Add(run);
                model[run.RunId] = Sample.Row(run);
                index.Apply([new RowChange(run, model[run.RunId], IsNew: true)]);
                continue;
            }

            var at = random.Next(ids.Count);
            if (act < 8)
            {
                model[ids[at].RunId] = Changed(model[ids[at].RunId], random);
                index.Apply([new RowChange(ids[at], model[ids[at].RunId], IsNew: false)]);
            }
            else
            {
                model.Remove(ids[at].RunId);
                index.Apply([new RowChange(ids[at], null, IsNew: false)]);
                (ids[at], ids[^1]) = (ids[^1], ids[at]);
                ids.RemoveAt(ids.Count - 1);
            }

            if (step % 3000 == 0)
                Agree(index, model);
        }

        Agree(index, model);
        foreach (var run in ids)
            index.Apply([new RowChange(run, null, IsNew: false)]);
        index.Snapshot(Sample.NamespaceId)!.ShouldBe(RowSnapshot.Empty, "nothing is kept of what is gone");
    }

    [Fact]
    public void Snapshot_RowsChangeMeanwhile_ShowsWhatWasThen()
    {
        var index = Loaded();
        var runs = Enumerable.Range(0, Segment.Capacity + 10).Select(i => Sample.Run($"w{i}")).ToList();
        index.Apply(runs.Select(r => new RowChange(r, Sample.Row(r), IsNew: true)));
        var before = index.Snapshot(Sample.NamespaceId)!;
        foreach (var run in runs)
            index.Apply([new RowChange(run, null, IsNew: false)]);

        before.Count(All, default).Total.ShouldBe(runs.Count);
        index.Snapshot(Sample.NamespaceId)!.Count(All, default).Total.ShouldBe(0);
    }

    [Fact]
    public void Complete_CommitsDuringTheLoad_AreNotLostNorDoubled()
    {
        var index = new ColumnIndex(long.MaxValue);
        index.Reset();
        index.Wanted.TryRead(out var load).ShouldBeTrue();
        var (seen, changed, gone, late) = (Sample.Run("seen"), Sample.Run("changed"), Sample.Run("gone"), Sample.Run("late"));
        // "seen" and the old state of the others are in what the load reads; everything is committed after it was asked for.
        index.Apply([new RowChange(seen, Sample.Row(seen), IsNew: true)]);
        index.Apply([new RowChange(changed, Sample.Row(changed) with { Status = WorkflowExecutionStatus.Failed }, IsNew: false), new RowChange(gone, null, IsNew: false), new RowChange(late, Sample.Row(late), IsNew: true)]);
        index.Snapshot(Sample.NamespaceId).ShouldBeNull("it cannot tell yet");
        foreach (var run in new[] { seen, changed, gone })
            load!.Add(Sample.Row(run)).ShouldBeTrue();
        load!.Complete();

        index.Snapshot(Sample.NamespaceId)!.Count(All, default).ByStatus.ShouldBe([new(WorkflowExecutionStatus.Running, 2), new(WorkflowExecutionStatus.Failed, 1)]);
        index.Snapshot(Other)!.Count(All, default).Total.ShouldBe(0, "another namespace sees nothing of it");
    }

    [Fact]
    public void Complete_LoadOfBeforeAReset_IsNotTaken()
    {
        var index = new ColumnIndex(long.MaxValue);
        index.Reset();
        index.Wanted.TryRead(out var old).ShouldBeTrue();
        index.Reset();
        old!.Complete();
        index.IsReady.ShouldBeFalse();
        index.Wanted.TryRead(out var load).ShouldBeTrue();
        load!.Complete();
        index.IsReady.ShouldBeTrue();
    }

    [Fact]
    public void Apply_MoreThanItMayTake_GivesUpUntilItIsLoadedAgain()
    {
        var index = Loaded(maxBytes: 100_000);
        foreach (var run in Enumerable.Range(0, 1000).Select(_ => Sample.Run()))
            index.Apply([new RowChange(run, Sample.Row(run), IsNew: true)]);

        index.IsReady.ShouldBeFalse();
        index.Snapshot(Sample.NamespaceId).ShouldBeNull();
        index.Reset();
        index.Wanted.TryRead(out var load).ShouldBeTrue();
        load!.Complete();
        index.IsReady.ShouldBeTrue();
    }

    private static ColumnIndex Loaded(long maxBytes = long.MaxValue)
    {
        var index = new ColumnIndex(maxBytes);
        index.Reset();
        index.Wanted.TryRead(out var load).ShouldBeTrue();
        load!.Complete();
        return index;
    }

    private static VisibilityRow Changed(VisibilityRow row, Random random) => row with
    {
        Status = (WorkflowExecutionStatus)random.Next(1, 8),
        SearchAttributes = new Dictionary<string, SearchAttributeValue> { ["Mark"] = new(IndexedValueType.Int, (long)random.Next(3)) },
    };

    private static void Agree(ColumnIndex index, Dictionary<string, VisibilityRow> model)
    {
        var snapshot = index.Snapshot(Sample.NamespaceId)!;
        foreach (var filter in new[] { All, Marked, new Filter.Not(Marked) })
        {
            var expected = model.Values.Where(r => FilterEvaluator.Matches(filter, r.Value)).ToList();
            snapshot.Count(filter, default).ByStatus.ShouldBe(expected.GroupBy(r => r.Status).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, (long)g.Count())));
            snapshot.List(filter, null, 20, default).ShouldBe(expected.Select(PageToken.After).Order().Take(20));
        }
    }
}
