using System.Text.Json.Nodes;

namespace Settlement.Drills.Simulation;

/// <summary>How the bank treats one payment of the simulation, in the words of its scripts.</summary>
/// <param name="Name">Short name, for creditor accounts and the event log.</param>
/// <param name="Weight">How often it is drawn, beside the others.</param>
/// <param name="Steps">JSON of the script's steps; null: the bank's own default.</param>
/// <param name="Alone">True: each payment has a creditor account, and so a script, of its own.</param>
/// <param name="CancelledOnTheWay">True: an operator cancels it once it is under way, so that the bank is asked for a recall.</param>
/// <param name="Misjudged">True: the operator who resolves it says that it was not executed, although it was.</param>
internal sealed record BankManner(string Name, int Weight, string? Steps, bool Alone = false, bool CancelledOnTheWay = false, bool Misjudged = false)
{
    /// <summary>Every manner that the simulation knows. None of them lies about executions: from a bank that does, nobody can learn the truth.</summary>
    public static IReadOnlyList<BankManner> All { get; } =
    [
        new("PROMPT", 34, null),
        new("ANSWER", 8, """[{"outcome":"settle"}]"""),
        new("SLOW", 6, """[{"latency_ms":100,"latency_jitter_ms":700,"decide_after_ms":300}]"""),
        new("FUNDS", 6, """[{"outcome":"reject","reason_code":"AM04"},{"decide_after_ms":0}]""", Alone: true),
        new("CLOSED", 5, """[{"outcome":"reject","reason_code":"AC04"}]"""),
        new("RECONSIDERS", 2, """[{"outcome":"reject","reason_code":"AC04","decide_after_ms":1500,"confirmation":{"acceptance":true}}]"""),
        new("SILENT", 5, """[{"answer":"silence","decide_after_ms":0}]"""),
        new("CUT", 4, """[{"answer":"disconnect","decide_after_ms":200}]"""),
        new("ERROR", 3, """[{"answer":"error","answer_times":1,"decide_after_ms":0}]"""),
        new("GARBAGE", 1, """[{"answer":"garbage","answer_times":1,"decide_after_ms":0}]"""),
        new("REFUSES", 4, """[{"refuse_first":2,"decide_after_ms":0}]"""),
        new("SWALLOWS", 2, """[{"record":false},{"decide_after_ms":0}]""", Alone: true),
        new("LATE", 4, """[{"decide_after_ms":0,"confirmation":{"delay_ms":4000}}]"""),
        new("TWICE", 4, """[{"decide_after_ms":100,"confirmation":{"copies":4,"copy_gap_ms":50,"acceptance":true}}]"""),
        new("REVERSED", 3, """[{"decide_after_ms":100,"confirmation":{"acceptance":true,"reversed":true,"booking":true}}]"""),
        new("MUTE", 3, """[{"decide_after_ms":0,"confirmation":{"copies":0}}]"""),
        new("BLIND", 3, """[{"answer":"silence","decide_after_ms":0,"enquiry":"unknown","enquiry_times":3,"confirmation":{"copies":0}}]"""),
        new("BUSY", 3, """[{"answer":"silence","decide_after_ms":0,"enquiry":"unavailable","confirmation":{"copies":0}}]""", Alone: true),
        new("HELD", 2, """[{"outcome":"hold"}]""", Alone: true),
        new("RECALLED", 1, """[{"outcome":"hold"}]""", Alone: true, CancelledOnTheWay: true),
        new("TOOLATE", 1, """[{"outcome":"hold","recall":"too_late"}]""", Alone: true, CancelledOnTheWay: true),
        new("REFUSED", 1, """[{"outcome":"hold","recall":"refuse"}]""", Alone: true, CancelledOnTheWay: true),
        new("PENDING", 1, """[{"outcome":"hold","recall":"pending"}]""", Alone: true, CancelledOnTheWay: true),
        new("DESKDOWN", 1, """[{"outcome":"hold","recall":"unavailable","recall_times":3}]""", Alone: true, CancelledOnTheWay: true),
        new("MISJUDGED", 1, """[{"answer":"silence","decide_after_ms":0,"enquiry":"unavailable","confirmation":{"delay_ms":12000,"copies":4,"copy_gap_ms":3000}},{"decide_after_ms":0}]""",
            Alone: true, Misjudged: true),
    ];

    /// <summary>The script's steps, parsed anew for each use.</summary>
    public JsonNode? Script() => Steps is null ? null : JsonNode.Parse(Steps);
}
