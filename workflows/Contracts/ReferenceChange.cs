using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Signal <c>ReferenceChanged</c>: calendars, windows or switches are no longer what they were; look again.</summary>
public sealed record ReferenceChange
{
    /// <summary>What changed, in words, for the steps.</summary>
    [JsonPropertyName("change")]
    public string Change { get; init; } = "";
}
