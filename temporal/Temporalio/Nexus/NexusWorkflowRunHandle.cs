using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Temporalio.Nexus;

/// <summary>A workflow that stands behind a Nexus operation. Made by <see cref="WorkflowRunOperationContext"/>.</summary>
public class NexusWorkflowRunHandle
{
    // The kind of token, the same in all SDKs: an operation that is a workflow run.
    private const int WorkflowRunToken = 1;

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
        Token? read;
        try
        {
            read = JsonSerializer.Deserialize<Token>(Base64Url.DecodeFromChars(token), TokenOptions);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ArgumentException("Token invalid", nameof(token), e);
        }
        if (read?.Type != WorkflowRunToken)
        {
            throw new ArgumentException($"Invalid token type: {read?.Type}, expected {WorkflowRunToken}", nameof(token));
        }
        if (read.Version is not (null or 0))
        {
            throw new ArgumentException($"Unsupported token version: {read.Version}", nameof(token));
        }
        return string.IsNullOrEmpty(read.WorkflowId)
            ? throw new ArgumentException("Token invalid: it names no workflow", nameof(token))
            : new(read.Namespace ?? string.Empty, read.WorkflowId, 0);
    }

    /// <summary>Writes the token by which the operation is canceled.</summary>
    /// <returns>Base64url of JSON.</returns>
    internal string ToToken() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new Token(Namespace, WorkflowId, Version == 0 ? null : Version, WorkflowRunToken), TokenOptions));

    private sealed record Token(
        [property: JsonPropertyName("ns")] string? Namespace,
        [property: JsonPropertyName("wid")] string? WorkflowId,
        [property: JsonPropertyName("v")] int? Version,
        [property: JsonPropertyName("t")] int Type);
}
