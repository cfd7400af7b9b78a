using System.Net;
using System.Text.Json;

namespace Settlement.Activities.Banks;

/// <summary>The JSON of the bank's interface, as its openapi.json describes it.</summary>
internal static class BankWire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
    };

    internal sealed record Payment(
        string Uetr, string MessageId, string EndToEndId, string Amount, string Currency, string DebtorAccount, string CreditorAccount, DateOnly? ValueDate);

    /// <summary>Every member may be missing: the sender is another environment.</summary>
    internal sealed record Report(string? Uetr, string? Status, string? ReasonCode, string? BookedAmount, string? Currency, DateTimeOffset AsOf);

    internal sealed record Recall(string RecallId, string ReasonCode);

    internal sealed record RecallReport(string? Uetr, string? RecallId, string? Verdict, string? ReasonCode, DateTimeOffset AsOf);
}

/// <summary>What came back over the wire, before it means anything: a status with a bounded body, or why there is none.</summary>
/// <param name="Status">HTTP status; null: no complete answer.</param>
/// <param name="Body">The body's bytes; empty without an answer.</param>
/// <param name="Fault">Why there is no complete answer; null with one.</param>
/// <param name="MayHaveArrived">False: provably no byte of the request's body has left.</param>
internal sealed record BankReply(HttpStatusCode? Status, ReadOnlyMemory<byte> Body, string? Fault, bool MayHaveArrived);
