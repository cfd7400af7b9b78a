using System.Text.Json;

namespace Temporalio.DevServer.Executions;

/// <summary>The BuildIds search attribute, which says which workers' builds have worked on a run.</summary>
internal static class BuildIds
{
    private const string Name = "BuildIds";

    /// <summary>The attributes with the build added, or null if it is there or no longer fits.</summary>
    public static SearchAttributes? With(SearchAttributes? current, string build, bool isVersioned, Limits limits)
    {
        var known = Read(current);
        var before = known.Count;
        if (!isVersioned && !known.Contains("unversioned"))
            known.Add("unversioned");
        var added = isVersioned ? $"versioned:{build}" : $"unversioned:{build}";
        if (build.Length > 0 && !known.Contains(added))
            known.Add(added);
        if (known.Count == before)
            return null;
        var data = JsonSerializer.SerializeToUtf8Bytes(known);
        if (data.Length > limits.SearchAttributeBytes)
            return null;
        var attributes = current?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields[Name] = new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8("KeywordList") },
            Data = ByteString.CopyFrom(data),
        };
        return attributes;
    }

    private static List<string> Read(SearchAttributes? attributes)
    {
        if (attributes is null || !attributes.IndexedFields.TryGetValue(Name, out var payload))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<string>>(payload.Data.Span) ?? [];
        }
        catch (JsonException)
        {
            // A workflow may have set it to something else; the server's own list then begins anew.
            return [];
        }
    }
}
