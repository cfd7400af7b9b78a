using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Settlement.BankSimulator;

/// <summary>
/// What the bank pushes to the webhook, at least once, in any order: ISO 20022 pacs.002 (status) or camt.054
/// (booking), reduced to one shape. Receivers deduplicate on <paramref name="MessageId"/> and <paramref name="Uetr"/>.
/// </summary>
/// <param name="MessageId">The bank's id; a repeated delivery has the same one, a scripted duplicate too.</param>
/// <param name="MessageType"><c>pacs.002</c> or <c>camt.054</c>.</param>
/// <param name="Uetr">The payment that it speaks of.</param>
/// <param name="EndToEndId">The sender's reference of the payment.</param>
/// <param name="Status">ACSP, ACSC or RJCT.</param>
/// <param name="ReasonCode">ISO 20022 reason of a rejection or refusal.</param>
/// <param name="BookedAmount">Decimal string, when money moved.</param>
/// <param name="Currency">Currency of the payment.</param>
/// <param name="OccurredAt">Business instant of the fact, UTC; not of the sending.</param>
/// <param name="Bank">The bank that speaks.</param>
public sealed record BankMessage(
    string MessageId,
    string MessageType,
    string Uetr,
    string EndToEndId,
    string Status,
    string? ReasonCode,
    string? BookedAmount,
    string Currency,
    DateTimeOffset OccurredAt,
    string Bank);

/// <summary>
/// Signs pushed messages: header <c>X-Bank-Signature: t=SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 with the shared secret over
/// <c>SECONDS</c>, a dot and the exact bytes of the body. The receiver refuses old seconds, which makes a captured push useless.
/// </summary>
public static class MessageSigner
{
    public const string HeaderName = "X-Bank-Signature";

    /// <summary>The header's value for these bytes sent at this instant.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset sentAt)
    {
        var seconds = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
