using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Turns a filter into a condition over the visibility table that matches exactly what <see cref="FilterEvaluator"/> matches. Values only ever
/// travel as parameters. NOT is pushed down to the single conditions, each of which is written in a form that says "is true" or "is false":
/// so those that must be true can use the index on search attributes.
/// </summary>
internal sealed class SqlTranslator
{
    private static readonly WorkflowExecutionStatus[] Statuses = [.. Enum.GetValues<WorkflowExecutionStatus>().Where(s => s != WorkflowExecutionStatus.Unspecified)];

    private readonly List<NpgsqlParameter> parameters;

    private SqlTranslator(List<NpgsqlParameter> parameters) => this.parameters = parameters;

    /// <summary>Translates a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="parameters">Receives the parameters; those already there keep their numbers.</param>
    /// <returns>The condition, in parentheses where it needs them.</returns>
    public static string Translate(Filter filter, List<NpgsqlParameter> parameters) => new SqlTranslator(parameters).Condition(filter, wanted: true);

    private string Condition(Filter filter, bool wanted) => filter switch
    {
        Filter.All => wanted ? "TRUE" : "FALSE",
        Filter.Not not => Condition(not.Inner, !wanted),
        Filter.And both => Joined(wanted ? "AND" : "OR", both.Left, both.Right, wanted),
        Filter.Or either => Joined(wanted ? "OR" : "AND", either.Left, either.Right, wanted),
        Filter.IsNull isNull => IsNull(isNull.Field, wanted),
        Filter.Leaf { Field.Name: SystemFields.ExecutionStatus } => Status(filter, wanted),
        Filter.Comparison { Field.Type: IndexedValueType.KeywordList or IndexedValueType.Text } comparison => OnSeveral(comparison, wanted),
        Filter.Comparison { Field: { IsSystem: true, Name: "CloseTime" } } comparison => Closed($"close_order {Sign(comparison.Operator)} {Value(comparison.Field, comparison.Value)}", wanted),
        Filter.Between { Field: { IsSystem: true, Name: "CloseTime" } } between => Closed($"close_order BETWEEN {Value(between.Field, between.Low)} AND {Value(between.Field, between.High)}", wanted),
        Filter.Comparison comparison => Comparison(comparison, wanted),
        Filter.Between between => Stated($"{Expression(between.Field)} BETWEEN {Value(between.Field, between.Low)} AND {Value(between.Field, between.High)}", wanted),
        Filter.In { Field.Type: IndexedValueType.KeywordList } @in => Stated($"coalesce({Json(@in.Field)} ?| {Texts(@in.Values)}, FALSE)", wanted),
        Filter.In @in => Stated($"{Expression(@in.Field)} = ANY({Values(@in.Field, @in.Values)})", wanted),
        Filter.StartsWith prefix => Stated($"{Expression(prefix.Field)} ^@ {Parameter(NpgsqlDbType.Text, prefix.Prefix)}", wanted),
        _ => throw new InvalidOperationException($"Unknown filter {filter.GetType().Name}."),
    };

    private string Joined(string word, Filter left, Filter right, bool wanted) => $"({Condition(left, wanted)} {word} {Condition(right, wanted)})";

    /// <summary>What is unknown (NULL) is neither true nor false, in SQL as in the evaluator.</summary>
    private static string Stated(string condition, bool wanted) => wanted ? $"({condition})" : $"NOT ({condition})";

    /// <summary>There are so few statuses that each condition on them is the list of those that satisfy it.</summary>
    private string Status(Filter filter, bool wanted)
    {
        var codes = Statuses.Where(s => FilterEvaluator.Matches(filter, _ => (long)s) == wanted).Select(s => (short)s).ToArray();
        return codes switch
        {
            [] => "FALSE",
            // Only with one value do the rows of an index come in the order of listings.
            [var code] => $"(status = {Parameter(NpgsqlDbType.Smallint, code)})",
            _ => $"(status = ANY({Parameter(NpgsqlDbType.Array | NpgsqlDbType.Smallint, codes)}))",
        };
    }

    private string IsNull(SearchField field, bool wanted)
    {
        if (field.Name == SystemFields.NamespaceDivision)
            return wanted ? "(namespace_division = '')" : "(namespace_division <> '')";
        if (ColumnOf(field) is { } column)
            return wanted ? $"({column} IS NULL)" : $"({column} IS NOT NULL)";
        return Stated($"NOT search_attributes ? {Key(field)}", wanted);
    }

    private string Comparison(Filter.Comparison comparison, bool wanted)
    {
        var (field, value) = (comparison.Field, comparison.Value);
        var equal = comparison.Operator == ComparisonOperator.Equal;
        if (wanted && equal && ColumnOf(field) is null && (field.Type is IndexedValueType.Keyword or IndexedValueType.Bool || value is long))
            return Holding(field, value);
        if (field is { IsSystem: true, Name: "RunId" } && equal && Storage.StoreTransactionCheck.IsUuid((string)value))
            return Stated($"run_id = {Parameter(NpgsqlDbType.Uuid, Guid.Parse((string)value))}", wanted);
        return Stated($"{Expression(field)} {Sign(comparison.Operator)} {Value(field, value)}", wanted);
    }

    /// <summary>Close times are in an index as the order of listings, where open runs have the largest number.</summary>
    private static string Closed(string condition, bool wanted) => $"({Stated(condition, wanted)} AND close_order < {long.MaxValue})";

    private static string Sign(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "<>",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };

    /// <summary>On a list "=" means that it holds the value, on a text that it has one of the words. A row without either has not.</summary>
    private string OnSeveral(Filter.Comparison comparison, bool wanted)
    {
        var holds = comparison.Field.Type == IndexedValueType.KeywordList
            ? Holding(comparison.Field, comparison.Value)
            : $"coalesce(search_attributes -> {Parameter(NpgsqlDbType.Text, SearchAttributeJson.WordsKey(comparison.Field.Name))} ?| {Texts([.. TextWords.Of((string)comparison.Value)])}, FALSE)";
        return comparison.Operator == ComparisonOperator.Equal == wanted ? holds : $"(NOT {holds})";
    }

    private string Holding(SearchField field, object value) => $"(search_attributes @> {Parameter(NpgsqlDbType.Jsonb, SearchAttributeJson.Holding(field, value))})";

    private string Expression(SearchField field)
    {
        if (ColumnOf(field) is { } column)
            return column;
        var text = $"(search_attributes ->> {Key(field)})";
        return field.Type switch
        {
            IndexedValueType.Int or IndexedValueType.Datetime => text + "::bigint",
            IndexedValueType.Double => text + "::float8",
            IndexedValueType.Bool => text + "::boolean",
            _ => text + " COLLATE \"C\"",
        };
    }

    private string Json(SearchField field) => $"(search_attributes -> {Key(field)})";

    private string Key(SearchField field) => Parameter(NpgsqlDbType.Text, SearchAttributeJson.Key(field.Type, field.Name));

    private string Value(SearchField field, object value) => field.Type switch
    {
        IndexedValueType.Int when value is long => Parameter(NpgsqlDbType.Bigint, value),
        IndexedValueType.Int => Parameter(NpgsqlDbType.Double, (double)value),
        IndexedValueType.Double => Parameter(NpgsqlDbType.Double, (double)value),
        IndexedValueType.Bool => Parameter(NpgsqlDbType.Boolean, (bool)value),
        IndexedValueType.Datetime => Parameter(NpgsqlDbType.Bigint, ((DateTimeOffset)value).UtcTicks),
        _ => Parameter(NpgsqlDbType.Text, (string)value),
    };

    private string Values(SearchField field, IReadOnlyList<object> values) => field.Type switch
    {
        IndexedValueType.Int when values.All(v => v is long) => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.Cast<long>().ToArray()),
        IndexedValueType.Int or IndexedValueType.Double => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Double, values.Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)).ToArray()),
        IndexedValueType.Bool => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Boolean, values.Cast<bool>().ToArray()),
        IndexedValueType.Datetime => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.Select(v => ((DateTimeOffset)v).UtcTicks).ToArray()),
        _ => Texts(values),
    };

    private string Texts(IReadOnlyList<object> values) => Parameter(NpgsqlDbType.Array | NpgsqlDbType.Text, values.Cast<string>().ToArray());

    private string Parameter(NpgsqlDbType type, object value)
    {
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
        return "$" + parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The table's own column for a field, or null.</summary>
    private static string? ColumnOf(SearchField field) => field is SystemField system ? system.Sql : field.Name == SystemFields.NamespaceDivision ? "nullif(namespace_division, '')" : null;
}
