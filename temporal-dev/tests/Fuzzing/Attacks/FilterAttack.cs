using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>List filters put together from words of the language, in and out of order, with attempts to leave it for SQL.</summary>
internal sealed class FilterAttack(string ownNamespace) : IAttack
{
    private const int MaxWords = 24;

    private static readonly string[] Words =
    [
        "WorkflowId", "WorkflowType", "ExecutionStatus", "StartTime", "CloseTime", "HistoryLength", "ExecutionDuration", "`RunId`", "TemporalNamespaceDivision", Victim.Secret[..4], "=", "!=", "<", ">=", "AND", "OR", "NOT", "(", ")", ",",
        "IN", "BETWEEN", "IS NULL", "IS NOT NULL", "STARTS_WITH", "LIKE", "GROUP BY", "ORDER BY", "LIMIT", "'x'", "\"y\"", "'Running'", "1", "-1", "1.5", "1e309", "'2026-01-01T00:00:00Z'", "'1h'", "true", "NULL",
        "';", "--", "/*", "*/", "UNION SELECT", "pg_sleep(10)", "\0", "\\", "''", "'", "\"", "`", "$1", "@p0", "🙂",
    ];

    public string Name => "list filters";

    public int Share => 5;

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var deep = random.Chance(5);
        var query = deep ? new string('(', 1 + random.Below(20_000)) : string.Join(' ', Enumerable.Range(0, 1 + random.Below(MaxWords)).Select(_ => random.Pick(Words)));
        (string Method, IMessage Request) call = random.Chance(50)
            ? ("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = ownNamespace, Query = query, PageSize = random.Below(3) })
            : ("CountWorkflowExecutions", new CountWorkflowExecutionsRequest { Namespace = ownNamespace, Query = query });
        var answer = await client.SendAsync(new RawCall { Path = Rpc.WorkflowPath(call.Method), Body = RawCall.Frame(call.Request.ToByteArray()) }, cancellationToken);
        return ($"{call.Method}: {(deep ? "parentheses" : query)}", answer);
    }
}
