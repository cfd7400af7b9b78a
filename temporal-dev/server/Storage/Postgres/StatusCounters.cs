using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>
/// How many rows of each status a namespace has, so that counting all of a million takes no time. Read once when the writer connects (nobody else writes),
/// and then moved by what each commit says it has changed.
/// </summary>
internal sealed class StatusCounters
{
    private static readonly WorkflowExecutionStatus[] Statuses = [.. Enum.GetValues<WorkflowExecutionStatus>().Where(s => s != WorkflowExecutionStatus.Unspecified)];

    private readonly Lock gate = new();
    private readonly Dictionary<(Guid NamespaceId, string Division, short Status), long> counts = [];

    /// <summary>Begins again with what the table holds.</summary>
    public void Reset(IEnumerable<StatusChange> all)
    {
        lock (gate)
        {
            counts.Clear();
            Move(all);
        }
    }

    /// <summary>A commit has changed this.</summary>
    public void Apply(IEnumerable<StatusChange> changes)
    {
        lock (gate)
            Move(changes);
    }

    /// <summary>Answers a count that only asks for users' rows, of some statuses or of all; null for any other.</summary>
    public VisibilityCount? TryCount(VisibilityQuery query)
    {
        if (query.Filter is not Filter.And(var asked, Filter.IsNull { Field.Name: SystemFields.NamespaceDivision }) || !IsOnStatus(asked))
            return null;
        var id = Guid.ParseExact(query.NamespaceId, "D");
        var wanted = Statuses.Where(s => FilterEvaluator.Matches(asked, _ => (long)s));
        lock (gate)
        {
            return new VisibilityCount([.. wanted
                .Select(s => KeyValuePair.Create(s, counts.GetValueOrDefault((id, "", (short)s))))
                .Where(c => c.Value > 0)
                .OrderBy(c => c.Key)]);
        }
    }

    private static bool IsOnStatus(Filter filter) => filter switch
    {
        Filter.All => true,
        Filter.And both => IsOnStatus(both.Left) && IsOnStatus(both.Right),
        Filter.Or either => IsOnStatus(either.Left) && IsOnStatus(either.Right),
        Filter.Not not => IsOnStatus(not.Inner),
        Filter.Comparison comparison => comparison.Field.Name == SystemFields.ExecutionStatus,
        Filter.Between between => between.Field.Name == SystemFields.ExecutionStatus,
        Filter.In @in => @in.Field.Name == SystemFields.ExecutionStatus,
        _ => false,
    };

    private void Move(IEnumerable<StatusChange> changes)
    {
        foreach (var change in changes)
        {
            var key = (change.NamespaceId, change.Division, change.Status);
            var count = counts.GetValueOrDefault(key) + change.Count;
            if (count == 0)
                counts.Remove(key);
            else
                counts[key] = count;
        }
    }
}
