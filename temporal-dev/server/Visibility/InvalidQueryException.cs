using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

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
