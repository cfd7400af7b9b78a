using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Settlement.Domain;

/// <summary>
/// The signature of a message that a bank pushes: header <c>X-Bank-Signature: t=SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 with the
/// shared secret over the ASCII digits of SECONDS (Unix time of sending), a dot, and the exact bytes of the body.
/// Checked before the body is parsed, in constant time, and only within a window around the receiver's clock.
/// </summary>
public static class BankMessageSignature
{
    public const string HeaderName = "X-Bank-Signature";

    /// <summary>Longest header that is looked at: 2 + 20 digits, a comma, 3 + 64 hex digits.</summary>
    private const int MaxHeaderLength = 90;

    private const int MacBytes = 32;

    /// <summary>The header's value for these bytes sent at this instant.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset sentAt)
    {
        var seconds = sentAt.ToUnixTimeSeconds();
        Span<byte> mac = stackalloc byte[MacBytes];
        ComputeMac(body, secret, seconds, mac);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(mac)}");
    }

    /// <summary>Checks a header against the raw bytes of the body.</summary>
    /// <param name="header">The header's value as received; null or empty: missing.</param>
    /// <param name="body">The raw bytes, before any decoding.</param>
    /// <param name="secret">Shared with this bank; never empty.</param>
    /// <param name="now">The receiver's real clock, not business time: replay is a matter of the wire.</param>
    /// <param name="tolerance">How far the time of sending may lie from <paramref name="now"/>, either way.</param>
    public static BankSignatureVerdict Verify(
        string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (string.IsNullOrEmpty(header))
            return BankSignatureVerdict.Missing;
        Span<byte> claimed = stackalloc byte[MacBytes];
        if (!TryRead(header, out var seconds, claimed))
            return BankSignatureVerdict.Malformed;

        // The mac first: how old a message is tells nothing to somebody who cannot sign it.
        Span<byte> expected = stackalloc byte[MacBytes];
        ComputeMac(body, secret, seconds, expected);
        if (!CryptographicOperations.FixedTimeEquals(claimed, expected))
            return BankSignatureVerdict.Wrong;
        var distance = Int128.Abs((Int128)now.ToUnixTimeSeconds() - seconds);
        return distance <= (long)tolerance.TotalSeconds ? BankSignatureVerdict.Valid : BankSignatureVerdict.Expired;
    }

    private static bool TryRead(string header, out long seconds, Span<byte> mac)
    {
        seconds = 0;
        var comma = header.Length <= MaxHeaderLength ? header.IndexOf(',', StringComparison.Ordinal) : -1;
        if (comma < 0)
            return false;
        var time = header.AsSpan(0, comma);
        var signature = header.AsSpan(comma + 1);
        return time.StartsWith("t=", StringComparison.Ordinal)
            && long.TryParse(time[2..], NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
            && signature.StartsWith("v1=", StringComparison.Ordinal)
            && signature.Length == 3 + (MacBytes * 2)
            && Convert.FromHexString(signature[3..], mac, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == MacBytes;
    }

    private static void ComputeMac(ReadOnlySpan<byte> body, string secret, long seconds, Span<byte> mac)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds.ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
    }
}

/// <summary>What a check of a bank message's signature found. Only <see cref="Valid"/> lets the message in.</summary>
public enum BankSignatureVerdict
{
    /// <summary>Signed with the shared secret, over these bytes, within the replay window.</summary>
    Valid,
    /// <summary>No signature at all.</summary>
    Missing,
    /// <summary>Not of the form <c>t=SECONDS,v1=HEX</c>.</summary>
    Malformed,
    /// <summary>Signed too long ago, or in the future: a replay, or a wrong clock.</summary>
    Expired,
    /// <summary>Another secret, or other bytes.</summary>
    Wrong,
}
