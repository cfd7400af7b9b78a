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
