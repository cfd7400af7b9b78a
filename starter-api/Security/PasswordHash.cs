using System.Globalization;
using System.Security.Cryptography;

namespace Settlement.StarterApi.Security;

/// <summary>
/// A salted password hash in the text form <c>pbkdf2-sha256$iterations$salt$hash</c> (base64). PBKDF2 is in the framework; a
/// memory-hard function would be another package to trust with passwords.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA256 (2023).</summary>
    public const int DefaultIterations = 600_000;

    /// <summary>Fewer in a seed file are refused at start.</summary>
    public const int MinIterations = 100_000;

    private const int MaxIterations = 5_000_000;
    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int iterations;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (this.iterations, this.salt, this.hash) = (iterations, salt, hash);

    /// <summary>Hashes a new password with a fresh salt.</summary>
    public static PasswordHash Create(string password, int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads the text form; null if it is not one, or is too weak.</summary>
    public static PasswordHash? TryParse(string? text)
    {
        var parts = (text ?? "").Split('$');
        if (parts is not [Scheme, var count, var saltText, var hashText]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations)
            return null;
        var salt = new byte[64];
        var hash = new byte[HashBytes];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltLength) || saltLength < SaltBytes
            || !Convert.TryFromBase64String(hashText, hash, out var hashLength) || hashLength != HashBytes)
            return null;
        return new PasswordHash(iterations, salt[..saltLength], hash);
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), hash);

    /// <summary>The text form for a seed file.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
