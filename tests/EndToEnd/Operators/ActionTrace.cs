using System.Text.RegularExpressions;
using Npgsql;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>What an action leaves behind in the books, in a form in which two actions can be compared: ids, dates and the scene's own names are blanked.</summary>
/// <param name="Lines">Row, history, cases, the stored action and the audit entries, one line each; of audit entries also the door.</param>
/// <param name="Sources">Where the audit says that the action came from.</param>
internal sealed partial record ActionTrace(IReadOnlyList<string> Lines, IReadOnlySet<string> Sources)
{
    private const string OfSettlement = """
        SELECT concat_ws(' ', 'row', status, attempt, needs_attention, attention_reason, failure) FROM settlement.settlement_transactions WHERE settlement_id = $1
        UNION ALL
        SELECT concat_ws(' ', 'history', row_number() OVER (ORDER BY history_id), from_status, to_status, attempt, actor) FROM settlement.settlement_status_history WHERE settlement_id = $1
        UNION ALL
        SELECT concat_ws(' ', 'case', reason, state, owner, resolved_by, approved_by) FROM settlement.cases WHERE settlement_id = $1
        """;

    private const string OfAction = "SELECT concat_ws(' ', 'action', action, operator) FROM settlement.operator_actions WHERE request_id = $1";

    // What people say is told by the reason, which is unique to the scene. A ticket is always drawn from the API.
    private const string OfPeople = """
        SELECT concat_ws(' ', 'audit', action, actor, target, reason, before, after), CASE action WHEN 'ticket_issued' THEN '' ELSE actor_source END
          FROM settlement.audit_log WHERE reason LIKE '%' || $1 || '%' AND actor_source IN ('API', 'COMMAND_LINE')
        """;

    public static async Task<ActionTrace> ReadAsync(NpgsqlDataSource books, ActionScene scene, string reason, string requestId)
    {
        var lines = new List<string>();
        if (scene.Settlement is var (id, _))
            lines.AddRange((await ReadAsync(books, OfSettlement, Guid.Parse(id))).Select(row => row[0]));
        lines.AddRange((await ReadAsync(books, OfAction, requestId)).Select(row => row[0]));
        var audit = await ReadAsync(books, OfPeople, reason);
        lines.AddRange(audit.Select(row => row[0]));
        if (scene.Effect is { } effect)
            lines.Add($"effect {await effect()}");
        return new ActionTrace([.. lines.Select(line => Blank(line, [reason, requestId, .. scene.OwnNames])).Order(StringComparer.Ordinal)], audit.Select(row => row[1]).Where(source => source.Length > 0).ToHashSet());
    }

    /// <summary>The same words without what differs between any two actions.</summary>
    public static string Blank(string line, IEnumerable<string> names)
    {
        foreach (var name in names)
            line = line.Replace(name, "<name>", StringComparison.Ordinal);
        line = Reference().Replace(Id().Replace(line, "<id>"), "<reference>");
        return Counter().Replace(Instant().Replace(line, "<time>"), "<n>");
    }

    private static async Task<List<string[]>> ReadAsync(NpgsqlDataSource books, string sql, object value)
    {
        await using var command = books.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i))]);
        return rows;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("S[0-9]{8}[0-9A-Z]{10}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?")]
    private static partial Regex Instant();

    [GeneratedRegex("(?<=version |\"archive_number\": )[0-9]+")]
    private static partial Regex Counter();
}
