using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Settlement.StarterApi.Json;

/// <summary>Turns bytes into a record or into a problem that says where the mistake is, in the interface's own words.</summary>
public static class StrictJson
{
    private const int MaxErrors = 20;

    /// <exception cref="ApiProblemException">Not JSON, too deep, a member twice, unknown, missing or of the wrong type.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> body, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            using var document = ParseDocument(body);
            var errors = new List<FieldError>();
            Inspect(document.RootElement, options.GetTypeInfo(typeof(T)), "", errors);
            if (errors.Count > 0)
                throw Malformed("Some members are wrong.", errors);
            return Deserialize<T>(document.RootElement, options);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, as an escape in a name or a value, is found only when the text is read.
            throw Malformed("The body holds text that is not valid Unicode.");
        }
    }

    private static JsonDocument ParseDocument(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            throw Malformed("The body is empty.");
        if (!Utf8.IsValid(body.Span))
            throw Malformed("The body is not UTF-8.");
        // Valid JSON, but no PostgreSQL text can hold it, and no honest member needs it.
        if (body.Span.IndexOf("\\u0000"u8) >= 0)
            throw Malformed("The body holds a NUL character.");
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException wrong)
        {
            throw Malformed(Where(wrong));
        }
    }

    // The parser's own message names no .NET type for a document without one, but it echoes input; the position is enough.
    private static string Where(JsonException wrong) => wrong.LineNumber is { } line
        ? $"Not valid JSON, too deep (more than {ApiJson.MaxDepth} levels), or a member given twice, at line {line + 1}, byte {wrong.BytePositionInLine + 1}."
        : $"Not valid JSON, too deep (more than {ApiJson.MaxDepth} levels), or a member given twice.";

    private static void Inspect(JsonElement element, JsonTypeInfo type, string pointer, List<FieldError> errors)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(errors, pointer, "must be an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
            InspectMember(member, type, pointer, errors);
        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !element.TryGetProperty(property.Name, out _))
                Add(errors, $"{pointer}/{property.Name}", "is required");
        }
    }

    private static void InspectMember(JsonProperty member, JsonTypeInfo type, string pointer, List<FieldError> errors)
    {
        var property = type.Properties.FirstOrDefault(p => p.Name == member.Name);
        if (property is null)
        {
            if (type.Options.UnmappedMemberHandling == JsonUnmappedMemberHandling.Skip)
                return;
            Add(errors, $"{pointer}/{Shown(member.Name)}", "is not a member of this resource");
            return;
        }

        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            if (property.IsRequired)
                Add(errors, $"{pointer}/{property.Name}", "must not be null");
            return;
        }

        var place = $"{pointer}/{property.Name}";
        if (property.PropertyType == typeof(string) && member.Value.ValueKind != JsonValueKind.String)
            Add(errors, place, "must be a string");
        else
            Inspect(member.Value, type.Options.GetTypeInfo(property.PropertyType), place, errors);
    }

    private static T Deserialize<T>(JsonElement element, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return element.Deserialize<T>(options) ?? throw Malformed("The body is null.");
        }
        catch (JsonException wrong)
        {
            throw Malformed("A member has a value of the wrong type or form.", [new FieldError(Pointer(wrong.Path), "has a value of the wrong type or form")]);
        }
    }

    private static string Pointer(string? path) => (path ?? "$").TrimStart('$').Replace('.', '/');

    private static string Shown(string name) => name.Length <= 64 ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) : "(long name)";

    private static void Add(List<FieldError> errors, string pointer, string detail)
    {
        if (errors.Count < MaxErrors)
            errors.Add(new FieldError(pointer, detail));
    }

    private static ApiProblemException Malformed(string detail, IReadOnlyList<FieldError>? errors = null) =>
        new(new ApiProblem(ProblemTypes.MalformedBody, detail, errors));
}
