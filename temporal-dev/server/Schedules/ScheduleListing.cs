using System.Text;
using System.Text.Json;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Schedules;

/// <summary>Lists and counts schedules with the list filters of the real server: by id, by whether they are paused, and by their own search attributes.</summary>
internal sealed class ScheduleListing(ScheduleService schedules)
{
    private const int MaxPageSize = 1000;
    private const string PausedName = "TemporalSchedulePaused";

    private static readonly SearchField Id = new("ScheduleId", IndexedValueType.Keyword, IsSystem: false);

    public ListSchedulesResponse List(NamespaceEntry entry, string query, int pageSize, ByteString token)
    {
        pageSize = pageSize is <= 0 or > MaxPageSize ? MaxPageSize : pageSize;
        var matching = Matching(entry, query);
        if (!token.IsEmpty)
            matching = After(matching, token);
        var page = matching.Take(pageSize + 1).ToList();
        var response = new ListSchedulesResponse();
        foreach (var document in page.Take(pageSize))
            response.Schedules.Add(Entry(document, entry));
        if (page.Count > pageSize)
            response.NextPageToken = Token(page[pageSize - 1]);
        return response;
    }

    public long Count(NamespaceEntry entry, string query) => Matching(entry, query).LongCount();

    private IEnumerable<ScheduleDocument> Matching(NamespaceEntry entry, string query)
    {
        var filter = QueryParser.Parse(query, name => Resolve(entry.SearchAttributes, name)).Filter;
        return schedules.All(entry.Id).Where(d => FilterEvaluator.Matches(filter, f => Value(d, f, entry.SearchAttributes)));
    }

    private static SearchField? Resolve(SearchAttributeRegistry registry, string name)
    {
        if (name == Id.Name)
            return Id;
        if (registry.Custom.ContainsKey(name) || name == PausedName)
            return registry.Attribute(name);
        return registry.Resolve(name) is null ? null : throw RpcRefusal.InvalidArgument($"invalid query filter for schedules: cannot filter on \"{name}\"");
    }

    private static object? Value(ScheduleDocument document, SearchField field, SearchAttributeRegistry registry) => field.Name switch
    {
        "ScheduleId" => document.ScheduleId,
        PausedName => document.Schedule.State.Paused,
        _ => SearchAttributePayloads.ToValues(document.SearchAttributes, registry).GetValueOrDefault(field.Name)?.Value,
    };

    private static ScheduleListEntry Entry(ScheduleDocument document, NamespaceEntry entry)
    {
        var listed = new ScheduleListEntry { ScheduleId = document.ScheduleId, Memo = document.Memo ?? new Memo(), Info = new Scheduler(document, entry.Id).ListInfo() };
        if (SearchAttributePayloads.ToValues(document.SearchAttributes, entry.SearchAttributes) is { Count: > 0 } values)
            listed.SearchAttributes = SearchAttributePayloads.FromValues(values, entry.SearchAttributes);
        return listed;
    }

    /// <summary>The place of a schedule in the order of listings: its creation and its id.</summary>
    private static ByteString Token(ScheduleDocument last) =>
        ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new Place(last.Info.CreateTime.Seconds, last.Info.CreateTime.Nanos, last.ScheduleId)));

    private static IEnumerable<ScheduleDocument> After(IEnumerable<ScheduleDocument> documents, ByteString token)
    {
        Place place;
        try
        {
            place = JsonSerializer.Deserialize<Place>(token.Span) ?? throw new InvalidPageTokenException();
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new InvalidPageTokenException();
        }

        return documents.SkipWhile(d => place.CompareTo(d) <= 0);
    }

    private sealed record Place(long Seconds, int Nanos, string Id)
    {
        /// <summary>Negative or zero: the schedule comes before this place or is at it, newest first.</summary>
        public int CompareTo(ScheduleDocument document)
        {
            var created = document.Info.CreateTime;
            if (created.Seconds != Seconds)
                return Seconds.CompareTo(created.Seconds);
            return created.Nanos != Nanos ? Nanos.CompareTo(created.Nanos) : string.CompareOrdinal(Id, document.ScheduleId);
        }
    }
}
