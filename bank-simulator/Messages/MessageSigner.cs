using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Settlement.BankSimulator.Messages;

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
