using Microsoft.Extensions.Options;

namespace Settlement.Hosting;

/// <summary>How the worker knows an operator's action that the API has authenticated from one that somebody has typed. The same in both programs.</summary>
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

/// <summary>A program without a usable key does not start.</summary>
public sealed class ActionOptionsValidator : IValidateOptions<ActionOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ActionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
