using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client.Schedules;

/// <summary>What the server tells of one schedule.</summary>
public class ScheduleDescription
{
    private readonly Lazy<IReadOnlyDictionary<string, IEncodedRawValue>> memo;
    private readonly Lazy<SearchAttributeCollection> searchAttributes;

    private ScheduleDescription(
        string id, Schedule schedule, DescribeScheduleResponse rawDescription, DataConverter dataConverter)
    {
        Id = id;
        Schedule = schedule;
        RawDescription = rawDescription;
        Info = ScheduleInfo.FromProto(rawDescription.Info);
        memo = new(() => EncodedRawValues.FromProto(rawDescription.Memo, dataConverter));
        searchAttributes = new(() => rawDescription.SearchAttributes is { } attributes
            ? SearchAttributeCollection.FromProto(attributes)
            : SearchAttributeCollection.Empty);
    }

    /// <summary>Schedule id.</summary>
    public string Id { get; private init; }

    /// <summary>What it has done and will do.</summary>
    public ScheduleInfo Info { get; private init; }

    /// <summary>Memo, read when asked for.</summary>
    public IReadOnlyDictionary<string, IEncodedRawValue> Memo => memo.Value;

    /// <summary>The schedule. Its arguments are <see cref="IEncodedRawValue"/>s, which an update writes back as they are.</summary>
    public Schedule Schedule { get; private init; }

    /// <summary>Search attributes, read when asked for.</summary>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes.Value;

    /// <summary>The wire message.</summary>
    internal DescribeScheduleResponse RawDescription { get; private init; }

    /// <summary>Converts from the wire message.</summary>
    internal static async Task<ScheduleDescription> FromProtoAsync(
        string id, DescribeScheduleResponse rawDescription, string clientNamespace, DataConverter dataConverter)
    {
        var schedule = await Schedule.FromProtoAsync(
            rawDescription.Schedule, clientNamespace, dataConverter).ConfigureAwait(false);
        return new(id, schedule, rawDescription, dataConverter);
    }
}
