using System.Text.Json.Serialization;

namespace Settlement.StarterApi.Problems;

/// <summary>One wrong member of a request.</summary>
/// <param name="Place">JSON pointer (RFC 6901) into the body, or <c>header:Name</c>, or <c>query:name</c>.</param>
/// <param name="Detail">What is wrong and what would be right. Never echoes a secret.</param>
public sealed record FieldError([property: JsonPropertyName("pointer")] string Place, string Detail);
