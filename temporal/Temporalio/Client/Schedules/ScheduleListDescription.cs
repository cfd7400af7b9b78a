using Temporalio.Api.Schedule.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client.Schedules;

/// <summary>What the server tells of a schedule in a list.</summary>
public class ScheduleListDescription
{
    private readonly Lazy<IReadOnlyDictionary<string, IEncodedRawValue>> memo;
    private readonly Lazy<SearchAttributeCollection> searchAttributes;

    /// <summary>Creates a description of the wire message.</summary>
    /// <param name="rawEntry">The message.</param>
    /// <param name="dataConverter">Converter for the memo.</param>
    internal ScheduleListDescription(ScheduleListEntry rawEntry, DataConverter dataConverter)
    {
        RawEntry = rawEntry;
        memo = new(() => EncodedRawValues.FromProto(rawEntry.Memo, dataConverter));
        searchAttributes = new(() => rawEntry.SearchAttributes is { } attributes
            ? SearchAttributeCollection.FromProto(attributes)
            : SearchAttributeCollection.Empty);
        if (rawEntry.Info is { } info)
        {
            Schedule = ScheduleListSchedule.FromProto(info);
            Info = ScheduleListInfo.FromProto(info);
        }
    }

    /// <summary>Schedule id.</summary>
    public string Id => RawEntry.ScheduleId;

    /// <summary>The schedule; null from servers that do not tell it.</summary>
    public ScheduleListSchedule? Schedule { get; private init; }

    /// <summary>What it has done and will do; null from servers that do not tell it.</summary>
    public ScheduleListInfo? Info { get; private init; }

    /// <summary>Memo, read when asked for.</summary>
    public IReadOnlyDictionary<string, IEncodedRawValue> Memo => memo.Value;

    /// <summary>Search attributes, read when asked for.</summary>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes.Value;

    /// <summary>The wire message.</summary>
    internal ScheduleListEntry RawEntry { get; private init; }
}
