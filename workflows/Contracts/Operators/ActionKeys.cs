using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// The keys by which an action is known to come from the API: HMAC-SHA256 in base64url, over the action's name, its target and everything that the action
/// says but the signature itself. Signed by the API, checked by activities; never by workflow code, which has no keys.
/// </summary>
public sealed class ActionKeys
{
    /// <summary>Shortest key, in bytes: as long as the hash (RFC 2104 section 3).</summary>
    public const int MinKeyBytes = 32;

    /// <summary>First part of what is signed: no other use of the key, and no later form, can be taken for this one.</summary>
    private const string Form = "settlement-action-1";

    private readonly IReadOnlyList<byte[]> keys;

    /// <param name="keys">The first one signs; all of them are taken, so that a key can be changed while actions are under way.</param>
    /// <exception cref="ArgumentException">No key, or one that is too short.</exception>
    public ActionKeys(IReadOnlyList<byte[]> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0 || keys.Any(key => key.Length < MinKeyBytes))
            throw new ArgumentException($"Actions are signed with keys of at least {MinKeyBytes} bytes.", nameof(keys));
        this.keys = keys;
    }

    /// <summary>The action with its signature.</summary>
    /// <param name="actionName">Name of the update or of the workflow type.</param>
    /// <param name="target">Id of the workflow that takes the update; empty for actions that are workflows of their own.</param>
    /// <param name="action">Who asks for what, and why. A signature that it may carry counts for nothing.</param>
    public OperatorAction Sign(string actionName, string target, OperatorAction action) =>
        action with { Signature = Mac(keys[0], Text(actionName, target, action)) };

    /// <summary>Whether one of the keys has signed exactly this. Takes equally long for every wrong signature of the right length.</summary>
    /// <inheritdoc cref="Sign" path="/param"/>
    public bool HaveSigned(string actionName, string target, OperatorAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (action.Signature is null)
            return false;
        var claimed = Encoding.UTF8.GetBytes(action.Signature);
        var text = Text(actionName, target, action);
        var signed = false;
        foreach (var key in keys)
            signed |= CryptographicOperations.FixedTimeEquals(claimed, Encoding.UTF8.GetBytes(Mac(key, text)));
        return signed;
    }

    private static string Mac(byte[] key, byte[] text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, text));

    /// <summary>Every part with its length before it, so that no two actions have one text; members by name, because their order in JSON means nothing.</summary>
    private static byte[] Text(string actionName, string target, OperatorAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var members = JsonSerializer.SerializeToNode(action with { Signature = null }, action.GetType())!.AsObject();
        string[] parts =
        [
            Form, actionName, target,
            .. members.Where(member => member.Value is not null).OrderBy(member => member.Key, StringComparer.Ordinal)
                .SelectMany(member => (string[])[member.Key, member.Value!.ToJsonString()]),
        ];
        return Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => FormattableString.Invariant($"{part.Length}:{part}"))));
    }
}
