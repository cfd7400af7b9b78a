using System.Security.Cryptography;

namespace Settlement.AppHost.Launch;

/// <summary>
/// Secrets of one run, made at its first start and kept in its folder, readable by its owner alone: the programs get them by
/// configuration, as they would in production.
/// </summary>
/// <param name="TokenSigningKey">Key that signs the API's access tokens, 32 random bytes in base64.</param>
/// <param name="ActionSigningKey">Key by which the worker knows the API's actions, 32 random bytes in base64.</param>
/// <param name="BankMessageSecret">Shared secret of bank and API for pushed messages.</param>
/// <param name="UserPassword">Password of the local demo users.</param>
public sealed record RunSecrets(string TokenSigningKey, string ActionSigningKey, string BankMessageSecret, string UserPassword)
{
    private const int KeyBytes = 32;

    /// <summary>Reads the folder's secrets, or makes and stores them.</summary>
    public static RunSecrets LoadOrCreate(StateFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.Secrets))
            return Store(folder, new RunSecrets(Random(), Random(), Random(), Random().Replace('+', '-').Replace('/', '_').TrimEnd('=')));
        var secrets = PrivateFile.Read<RunSecrets>(folder.Secrets);
        // A folder of before actions were signed has every other secret.
        return string.IsNullOrEmpty(secrets.ActionSigningKey) ? Store(folder, secrets with { ActionSigningKey = Random() }) : secrets;
    }

    private static RunSecrets Store(StateFolder folder, RunSecrets secrets)
    {
        PrivateFile.Write(folder.Secrets, secrets);
        return secrets;
    }

    private static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
