using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

/// <summary>
/// Reads the list-filter language of Temporal: comparisons, BETWEEN, IN, IS NULL, STARTS_WITH, AND, OR, NOT, parentheses, and GROUP BY
/// for counts. One instance reads one filter.
/// </summary>
internal sealed class QueryParser
{
    /// <summary>Parentheses and NOTs within one another; a deeper filter is hostile.</summary>
    private const int MaxDepth = 100;

    /// <summary>Single conditions, and values of lists: whoever walks the filter recurses once for each AND and OR.</summary>
    private const int MaxConditions = 1000;

    private readonly Func<string, SearchField?> resolve;
    private readonly IReadOnlyList<Token> tokens;
    private int at;
    private int depth;
    private int conditions;

    private QueryParser(string filter, Func<string, SearchField?> resolve)
    {
        this.resolve = resolve;
        tokens = Lexer.Read(filter);
    }

    private Token Current => tokens[at];

    /// <summary>Parses a filter.</summary>
    /// <param name="filter">The filter, possibly empty.</param>
    /// <param name="resolve">Finds a field by its name in the namespace asked, or null.</param>
    /// <exception cref="InvalidQueryException">With the real server's message.</exception>
    public static ParsedQuery Parse(string filter, Func<string, SearchField?> resolve) => new QueryParser(filter, resolve).ReadAll();

    private ParsedQuery ReadAll()
    {
        Filter filter = Current.Kind == TokenKind.End || Current.Is("GROUP") || Current.Is("ORDER") ? new Filter.All() : Or();
        var groupBy = Current.Is("GROUP") ? GroupBy() : null;
        if (Current.Is("ORDER"))
            throw InvalidQueryException.Unsupported("'ORDER BY' clause");
        if (Current.Is("LIMIT"))
            throw InvalidQueryException.Unsupported("'LIMIT' clause");
        return Current.Kind == TokenKind.End ? new ParsedQuery(filter, groupBy) : throw Syntax();
    }

    private SearchField GroupBy()
    {
        at++;
        if (!Current.Is("BY"))
            throw Syntax();
        at++;
        var field = Field(Take());
        if (Current.IsSymbol(","))
            throw InvalidQueryException.Unsupported("'GROUP BY' clause supports only a single field");
        return field.Name == SystemFields.ExecutionStatus
            ? field
            : throw InvalidQueryException.Unsupported($"'GROUP BY' clause is not supported for search attribute {field.Name}");
    }

    private Filter Or()
    {
        var left = And();
        while (TakeIf("OR") || TakeIfSymbol("||"))
            left = new Filter.Or(left, And());
        return left;
    }

    private Filter And()
    {
        var left = Unary();
        while (TakeIf("AND") || TakeIfSymbol("&&"))
            left = new Filter.And(left, Unary());
        return left;
    }

    private Filter Unary()
    {
        if (++depth > MaxDepth)
            throw InvalidQueryException.Expression($"nested deeper than {MaxDepth}");
        try
        {
            if (TakeIf("NOT"))
                return new Filter.Not(Unary());
            if (!TakeIfSymbol("("))
                return Condition();
            var inner = Or();
            return TakeIfSymbol(")") ? inner : throw Syntax();
        }
        finally
        {
            depth--;
        }
    }

    private Filter Condition()
    {
        CountCondition();
        if (Current.IsSymbol("!"))
            throw NotAName("UnaryExpr");
        if (Current.Kind is TokenKind.Symbol or TokenKind.End || Current.IsKeyword)
            throw Syntax();
        var name = Take();
        if (Current.Kind == TokenKind.Symbol && Current.Text is "+" or "-" or "*" or "/")
            throw NotAName("BinaryExpr");
        if (name.Kind is TokenKind.Text or TokenKind.Number)
            throw Current.Kind == TokenKind.Symbol ? NotAName("SQLVal") : Syntax();
        if (Current.Kind == TokenKind.End || Current.Is("AND") || Current.Is("OR") || Current.IsSymbol(")"))
            throw InvalidQueryException.Expression("incomplete expression");
        return Current.Kind == TokenKind.Symbol ? Compared(name) : Worded(name);
    }

    private Filter.Comparison Compared(Token name)
    {
        ComparisonOperator? comparison = Current.Text switch
        {
            "=" => ComparisonOperator.Equal,
            "!=" or "<>" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            _ => null,
        };
        if (comparison is null && !Current.IsSymbol("<=>"))
            throw Syntax();
        var symbol = Take();
        var (field, value) = FieldAndValue(name);
        var ordering = comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
        return comparison is { } @operator && !(ordering && field.Type is IndexedValueType.KeywordList or IndexedValueType.Text)
            ? new Filter.Comparison(field, @operator, value)
            : throw InvalidQueryException.Operator(symbol.Text, field);
    }

    private Filter Worded(Token name)
    {
        if (TakeIf("IS"))
            return IsNull(name);
        var not = TakeIf("NOT");
        if (TakeIf("BETWEEN"))
            return Negated(not, Between(name));
        if (TakeIf("IN"))
            return Negated(not, In(name));
        if (TakeIf("STARTS_WITH"))
            return Negated(not, StartsWith(name));
        if (!Current.Is("LIKE") && !Current.Is("REGEXP"))
            throw Syntax();
        var @operator = (not ? "NOT " : "") + Take().Text.ToUpperInvariant();
        throw InvalidQueryException.Operator(@operator, FieldAndValue(name).Field);
    }

    private Filter IsNull(Token name)
    {
        var not = TakeIf("NOT");
        if (Current.Is("TRUE") || Current.Is("FALSE"))
            throw InvalidQueryException.Expression("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'");
        return TakeIf("NULL") ? Negated(not, new Filter.IsNull(Field(name))) : throw Syntax();
    }

    private Filter.Between Between(Token name)
    {
        var lowToken = Literal();
        if (!TakeIf("AND"))
            throw Syntax();
        var highToken = Literal();
        var field = Field(name);
        var (low, high) = (QueryValues.Convert(field, lowToken), QueryValues.Convert(field, highToken));
        return field.Type is IndexedValueType.Keyword or IndexedValueType.Int or IndexedValueType.Double or IndexedValueType.Datetime
            ? new Filter.Between(field, low, high)
            : throw InvalidQueryException.Expression($"cannot do range condition on search attribute '{field.Name}' of type {field.Type}");
    }

    private Filter.In In(Token name)
    {
        if (!Current.IsSymbol("("))
            throw Syntax();
        var literals = new List<Token>();
        do
        {
            at++;
            CountCondition();
            literals.Add(Literal());
        }
        while (Current.IsSymbol(","));
        if (!TakeIfSymbol(")"))
            throw Syntax();
        var field = Field(name);
        var values = literals.ConvertAll(l => QueryValues.Convert(field, l));
        return field.Type == IndexedValueType.Text ? throw InvalidQueryException.Operator("IN", field) : new Filter.In(field, values);
    }

    private Filter.StartsWith StartsWith(Token name)
    {
        var (field, value) = FieldAndValue(name);
        if (field.Type != IndexedValueType.Keyword)
            throw InvalidQueryException.Operator("STARTS_WITH", field);
        return value is string prefix
            ? new Filter.StartsWith(field, prefix)
            : throw InvalidQueryException.Expression($"right-hand side of \"starts_with\" operator must be a literal string (got: {(WorkflowExecutionStatus)(long)value})");
    }

    /// <summary>The value first, because a syntax error in it comes before an unknown name.</summary>
    private (SearchField Field, object Value) FieldAndValue(Token name)
    {
        var literal = Literal();
        var field = Field(name);
        return (field, QueryValues.Convert(field, literal));
    }

    /// <summary>One value as written; a sign may stand apart from its number.</summary>
    private Token Literal()
    {
        if (Current.IsSymbol("("))
            throw InvalidQueryException.Expression("unexpected value type *sqlparser.ParenExpr");
        var sign = Current.IsSymbol("-") || Current.IsSymbol("+") ? Take().Text : "";
        if (Current.Kind is TokenKind.End or TokenKind.Symbol || (sign.Length > 0 && Current.Kind != TokenKind.Number))
            throw Syntax();
        if (Current.Is("NULL"))
            throw InvalidQueryException.Expression("unexpected value type *sqlparser.NullVal");
        var isTruth = Current.Is("true") || Current.Is("false");
        if (Current.IsKeyword && !isTruth)
            throw Syntax();
        var token = Take();
        if (Current.Kind == TokenKind.Symbol && Current.Text is "+" or "-" or "*" or "/")
            throw InvalidQueryException.Expression("unexpected value type *sqlparser.BinaryExpr");
        if (token.Kind is TokenKind.Name or TokenKind.Word && !isTruth)
            throw InvalidQueryException.Unsupported($"column name on the right side of comparison expression (did you forget to quote \"{token.Text}\"?)");
        return sign.Length == 0 ? token : token with { Text = sign == "-" ? "-" + token.Text : token.Text };
    }

    private void CountCondition()
    {
        if (++conditions > MaxConditions)
            throw InvalidQueryException.Expression($"more than {MaxConditions} conditions");
    }

    private SearchField Field(Token name) => resolve(name.Text) ?? throw new InvalidQueryException($"invalid search attribute: {name.Text}");

    private static Filter Negated(bool negated, Filter filter) => negated ? new Filter.Not(filter) : filter;

    private Token Take() => Current.Kind == TokenKind.End ? throw Syntax() : tokens[at++];

    private bool TakeIf(string keyword)
    {
        if (!Current.Is(keyword))
            return false;
        at++;
        return true;
    }

    private bool TakeIfSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        at++;
        return true;
    }

    private InvalidQueryException Syntax() => InvalidQueryException.Syntax(Current.End, Current.Near);

    private static InvalidQueryException NotAName(string what) => InvalidQueryException.Expression($"must be a column name but was *sqlparser.{what}");
}

/// <summary>A list filter and the field that a count is grouped by, if any.</summary>
internal sealed record ParsedQuery(Filter Filter, SearchField? GroupBy);

/// <summary>A list filter that cannot be used. The message is the real server's, so that users of either can look it up.</summary>
internal sealed class InvalidQueryException(string reason) : RpcException(new Status(StatusCode.InvalidArgument, "invalid query: " + reason), "invalid query: " + reason)
{
    /// <summary>The real server reads a filter as the condition of a statement, and counts positions from its start ("select * from table1 where ").</summary>
    private const int StatementPrefixLength = 27;

    public static InvalidQueryException Unsupported(string what) => new("operation is not supported: " + what);

    public static InvalidQueryException Operator(string @operator, SearchField field) => Unsupported($"operator '{@operator}' not supported for {field.Type} type search attribute '{field.Name}'");

    public static InvalidQueryException Expression(string what) => new("invalid expression: " + what);

    /// <param name="offset">Zero-based offset in the filter at which reading stopped.</param>
    /// <param name="near">The word there, or empty for a symbol or the end.</param>
    public static InvalidQueryException Syntax(int offset, string near = "") =>
        new($"malformed SQL query: syntax error at position {StatementPrefixLength + offset + 1}{(near.Length == 0 ? "" : $" near '{near}'")}");
}
