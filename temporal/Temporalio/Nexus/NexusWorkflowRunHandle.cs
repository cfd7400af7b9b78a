using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Temporalio.Nexus;

/// <summary>A workflow that stands behind a Nexus operation. Made by <see cref="WorkflowRunOperationContext"/>.</summary>
public class NexusWorkflowRunHandle
{
    /// <summary>The kind of token, the same in all SDKs: an operation that is a workflow run.</summary>
    internal const int WorkflowRunOperationTokenType = 1;

    private static readonly JsonSerializerOptions TokenOptions =
        new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Initializes a new instance of the <see cref="NexusWorkflowRunHandle"/> class.</summary>
    /// <param name="workflowNamespace">Namespace of the workflow.</param>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="version">Version of the token's form.</param>
    internal NexusWorkflowRunHandle(string workflowNamespace, string workflowId, int version)
    {
        Namespace = workflowNamespace;
        WorkflowId = workflowId;
        Version = version;
    }

    /// <summary>Gets the namespace of the workflow.</summary>
    internal string Namespace { get; }

    /// <summary>Gets the workflow id.</summary>
    internal string WorkflowId { get; }

    /// <summary>Gets the version of the token's form, 0 today.</summary>
    internal int Version { get; }

    /// <summary>Reads a token. It comes from the server, and so from anybody.</summary>
    /// <param name="token">Base64url of the JSON that <see cref="ToToken"/> writes.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="ArgumentException">The token is none of ours.</exception>
    internal static NexusWorkflowRunHandle FromToken(string token)
    {
        var read = ParseToken(token);
        return read.Type == WorkflowRunOperationTokenType
            ? new(read.Namespace ?? string.Empty, read.WorkflowId!, 0)
            : throw new ArgumentException($"Invalid token type: {read.Type}, expected {WorkflowRunOperationTokenType}", nameof(token));
    }

    /// <summary>Reads a token of any kind.</summary>
    /// <param name="token">Base64url of JSON.</param>
    /// <returns>What it says, of a version and with an id that can be used.</returns>
    /// <exception cref="ArgumentException">It is no token that this version reads.</exception>
    internal static OperationToken ParseToken(string token)
    {
        OperationToken? read;
        try
        {
            read = JsonSerializer.Deserialize<OperationToken>(Base64UrlDecode(token), TokenOptions);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ArgumentException("Token invalid", nameof(token), e);
        }
        if (read?.Version is not (null or 0))
        {
            throw new ArgumentException($"Unsupported token version: {read.Version}", nameof(token));
        }
        return string.IsNullOrEmpty(read?.WorkflowId)
            ? throw new ArgumentException("Token invalid: it names no workflow", nameof(token))
            : read;
    }

    /// <summary>Writes bytes as a token is written.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>Base64url without padding.</returns>
    internal static string Base64UrlEncode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Reads bytes as a token is read.</summary>
    /// <param name="text">Base64url.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="FormatException">It is no base64url.</exception>
    internal static byte[] Base64UrlDecode(string text) => Base64Url.DecodeFromChars(text);

    /// <summary>Writes the token by which the operation is canceled.</summary>
    /// <returns>Base64url of JSON.</returns>
    internal string ToToken() => Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(
        new OperationToken(Namespace, WorkflowId, Version == 0 ? null : Version, WorkflowRunOperationTokenType), TokenOptions));

    /// <summary>What a token says.</summary>
    /// <param name="Namespace">Namespace of the workflow.</param>
    /// <param name="WorkflowId">Workflow id.</param>
    /// <param name="Version">Version of the token's form.</param>
    /// <param name="Type">Kind of operation.</param>
    internal sealed record OperationToken(
        [property: JsonPropertyName("ns")] string? Namespace,
        [property: JsonPropertyName("wid")] string? WorkflowId,
        [property: JsonPropertyName("v")] int? Version,
        [property: JsonPropertyName("t")] int Type);
}
