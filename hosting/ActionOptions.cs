namespace Settlement.Hosting;

/// <summary>How the worker knows an operator's actionion that the API has authenticated from one that somebody has typed. The same in both programs.</summary>
public sealed class ActionOptions
{
    public const string SectionName = "Actions";

    /// <summary>Base64 of at least <see cref="SecretKeys.MinBytes"/> random bytes: the API signs with it, the worker checks. Env <c>ACTION_SIGNING_KEY</c>.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Another key that the worker takes while the key is being changed. Env <c>ACTION_PREVIOUS_SIGNING_KEY</c>.</summary>
    public string? PreviousSigningKey { get; set; }

    /// <summary>The key that signs, then those that are also taken.</summary>
    /// <exception cref="ConfigurationException">A key is not usable; the message does not show it.</exception>
    public IReadOnlyList<byte[]> Keys()
    {
        if (Problem() is { } problem)
            throw new ConfigurationException(problem);
        var current = SecretKeys.Decode(SigningKey)!;
        return SecretKeys.Decode(PreviousSigningKey) is { } previous ? [current, previous] : [current];
    }

    internal string? Problem() => SecretKeys.Problem(SectionName, "ACTION", SigningKey, PreviousSigningKey);
}
