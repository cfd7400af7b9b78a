namespace Temporalio.DevServer.Visibility;

/// <summary>A list filter that cannot be used. The message is the real server's, so that users of either can look it up.</summary>
internal sealed class InvalidQueryException(string reason) : Exception("invalid query: " + reason)
{
    public static InvalidQueryException Unsupported(string what) => new("operation is not supported: " + what);

    public static InvalidQueryException Expression(string what) => new("invalid expression: " + what);

    /// <param name="offset">Zero-based offset in the filter at which reading stopped.</param>
    public static InvalidQueryException Syntax(int offset) => new($"malformed SQL query: syntax error at position {StatementPrefix.Length + offset + 1}");

    /// <summary>The server reads a filter as the condition of this statement, and counts positions from its start.</summary>
    private const string StatementPrefix = "select * from dummy where ";
}
