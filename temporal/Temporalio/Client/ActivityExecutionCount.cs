using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>How many standalone activities there are, approximately.</summary>
public class ActivityExecutionCount
{
    /// <summary>Creates a count of the wire message.</summary>
    /// <param name="raw">The message.</param>
    protected internal ActivityExecutionCount(CountActivityExecutionsResponse raw)
    {
        Count = raw.Count;
        Groups = [.. raw.Groups.Select(group => new AggregationGroup(group))];
    }

    /// <summary>All together.</summary>
    public long Count { get; private init; }

    /// <summary>By group, if the query had a <c>GROUP BY</c>.</summary>
    public IReadOnlyCollection<AggregationGroup> Groups { get; private init; }

    /// <summary>One group.</summary>
    public class AggregationGroup
    {
        /// <summary>Creates a group of the wire message.</summary>
        /// <param name="raw">The message.</param>
        protected internal AggregationGroup(CountActivityExecutionsResponse.Types.AggregationGroup raw)
        {
            Count = raw.Count;
            GroupValues = [.. raw.GroupValues.Select(SearchAttributeCollection.PayloadToObject).Where(v => v is not null).Select(v => v!.Value.Value)];
        }

        /// <summary>How many are in the group.</summary>
        public long Count { get; private init; }

        /// <summary>Values that the group stands for, in the order of the <c>GROUP BY</c>.</summary>
        public IReadOnlyCollection<object> GroupValues { get; private init; }
    }
}
