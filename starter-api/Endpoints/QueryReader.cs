using System.Globalization;

namespace Settlement.StarterApi.Endpoints;

/// <summary>Reads query parameters strictly: unknown names, repeated names and wrong values are refused, since a filter that is silently ignored shows too much.</summary>
public sealed class QueryReader
{
    private const int DefaultLimit = 50;
    private const int MaxTextLength = 64;

    private readonly IQueryCollection query;
    private readonly FieldErrors errors = new();

    public QueryReader(HttpRequest request, params string[] names)
    {
        query = request.Query;
        foreach (var (name, values) in query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                errors.Add("query:" + (name.Length <= MaxTextLength ? name : "(long name)"), "is not a parameter of this list");
            else if (values.Count > 1)
                errors.Add("query:" + name, "is given more than once");
        }
    }

    /// <summary>The refusal, when anything read so far was wrong.</summary>
    public ApiProblem? Problem() => errors.Problem(ProblemTypes.MalformedRequest);

    /// <summary>A plain text of at most 64 characters, or null.</summary>
    public string? Text(string name)
    {
        if (Raw(name) is not { } text)
            return null;
        errors.RequireIdentifier("query:" + name, text, MaxTextLength);
        return text;
    }

    /// <summary>1 to 200, 50 if absent.</summary>
    public int Limit()
    {
        if (Raw("limit") is not { } text)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Page<object>.MaxLimit)
            return limit;
        errors.Add("query:limit", $"must be between 1 and {Page<object>.MaxLimit}");
        return DefaultLimit;
    }

    /// <summary>A UUID, or null.</summary>
    public Guid? Id(string name) => Parse<Guid>(name, "must be a UUID", (string text, out Guid value) => Guid.TryParseExact(text, "D", out value));

    public long? Number(string name) => Parse<long>(name, "must be a cursor of this list", (string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));

    public bool? Flag(string name) => Parse<bool>(name, "must be true or false", (string text, out bool value) =>
        (value = text == "true") || text == "false");

    public DateOnly? Date(string name) => Parse<DateOnly>(name, "must be a date, yyyy-MM-dd", (string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value));

    /// <summary>One or more members of a closed set, separated by commas, in lower_snake or UPPER_SNAKE.</summary>
    public IReadOnlyList<TEnum>? Set<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Raw(name) is not { } text)
            return null;
        var values = new List<TEnum>();
        foreach (var part in text.Split(','))
        {
            if (UpperSnake.TryParse<TEnum>(part, out var value) && values.Count < 32)
                values.Add(value);
            else
                errors.Add("query:" + name, "must be of " + string.Join(", ", Enum.GetValues<TEnum>().Select(UpperSnake.Lower)));
        }

        return values;
    }

    /// <summary>One member of a closed set, in lower_snake or UPPER_SNAKE.</summary>
    public TEnum? One<TEnum>(string name)
        where TEnum : struct, Enum
    {
        var values = Set<TEnum>(name);
        if (values is { Count: > 1 })
            errors.Add("query:" + name, "takes one value");
        return values is { Count: > 0 } ? values[0] : null;
    }

    private delegate bool TryParser<T>(string text, out T value);

    private T? Parse<T>(string name, string detail, TryParser<T> parser)
        where T : struct
    {
        if (Raw(name) is not { } text)
            return null;
        if (parser(text, out var value))
            return value;
        errors.Add("query:" + name, detail);
        return null;
    }

    private string? Raw(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}
