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
        Filter filter = Current.Kind == TokenKind.End || Current.Is("GROUP") || Current.Is("ORDER") || Current.Is("LIMIT") ? new Filter.All() : Or();
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
        while (TakeIf("OR"))
            left = new Filter.Or(left, And());
        return left;
    }

    private Filter And()
    {
        var left = Unary();
        while (TakeIf("AND"))
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
            if (!Current.IsSymbol("("))
                return Condition();
            at++;
            var inner = Or();
            if (!Current.IsSymbol(")"))
                throw Syntax();
            at++;
            return inner;
        }
        finally
        {
            depth--;
        }
    }

    private Filter Condition()
    {
        CountCondition();
        var name = Take();
        if (name.Kind is TokenKind.Text or TokenKind.Number)
            throw Current.Kind == TokenKind.Symbol ? InvalidQueryException.Expression("must be a column name but was *sqlparser.SQLVal") : Syntax();
        if (name.Kind is not (TokenKind.Word or TokenKind.Name))
            throw Syntax();
        if (Current.Kind == TokenKind.End || Current.Is("AND") || Current.Is("OR") || Current.IsSymbol(")"))
            throw InvalidQueryException.Expression("incomplete expression");
        return Current.Kind == TokenKind.Symbol ? Compared(name) : Worded(name);
    }

    private Filter.Comparison Compared(Token name)
    {
        var symbol = Take();
        ComparisonOperator? comparison = symbol.Text switch
        {
            "=" => ComparisonOperator.Equal,
            "!=" or "<>" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            _ => null,
        };
        if (comparison is not { } @operator || Current.Kind is TokenKind.End or TokenKind.Symbol)
            throw Syntax();
        var field = Field(name);
        return new Filter.Comparison(field, @operator, Value(field));
    }

    private Filter Worded(Token name)
    {
        if (TakeIf("IS"))
        {
            var negated = TakeIf("NOT");
            return TakeIf("NULL") ? Negated(negated, new Filter.IsNull(Field(name))) : throw Syntax();
        }

        var not = TakeIf("NOT");
        if (TakeIf("BETWEEN"))
            return Negated(not, Between(Field(name)));
        if (TakeIf("IN"))
            return Negated(not, In(Field(name)));
        if (TakeIf("STARTS_WITH"))
            return Negated(not, StartsWith(Field(name)));
        if (Current.Is("LIKE"))
        {
            var field = Field(name);
            throw InvalidQueryException.Unsupported($"operator '{(not ? "NOT LIKE" : "LIKE")}' not supported for {field.Type} type search attribute '{field.Name}'");
        }

        throw Syntax();
    }

    private Filter.Between Between(SearchField field)
    {
        var low = Value(field);
        return TakeIf("AND") ? new Filter.Between(field, low, Value(field)) : throw Syntax();
    }

    private Filter.In In(SearchField field)
    {
        if (!Current.IsSymbol("("))
            throw Syntax();
        var values = new List<object>();
        do
        {
            at++;
            CountCondition();
            values.Add(Value(field));
        }
        while (Current.IsSymbol(","));
        if (!Current.IsSymbol(")"))
            throw Syntax();
        at++;
        return new Filter.In(field, values);
    }

    private Filter.StartsWith StartsWith(SearchField field)
    {
        var value = Value(field);
        return value is string prefix && field.Name != SystemFields.ExecutionStatus
            ? new Filter.StartsWith(field, prefix)
            : throw InvalidQueryException.Unsupported($"operator 'STARTS_WITH' not supported for {field.Type} type search attribute '{field.Name}'");
    }

    private object Value(SearchField field)
    {
        var token = Current.Kind is TokenKind.End or TokenKind.Symbol ? throw Syntax() : Take();
        if (token.Kind == TokenKind.Name || (token.Kind == TokenKind.Word && !token.Is("true") && !token.Is("false")))
            throw InvalidQueryException.Unsupported($"column name on the right side of comparison expression (did you forget to quote \"{token.Text}\"?)");
        return QueryValues.Convert(field, token);
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

    private InvalidQueryException Syntax() => InvalidQueryException.Syntax(Current.End);
}
