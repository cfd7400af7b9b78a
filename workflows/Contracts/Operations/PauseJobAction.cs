using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Pauses one scheduled job, or lets it go on. All at once are stopped by the kill switch <c>schedules</c>.</summary>
public sealed record PauseJobAction : OperatorAction
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public string Job { get; init; } = "";

    /// <summary>True pauses, false lets it go on.</summary>
    [JsonPropertyName("paused")]
    public bool Paused { get; init; }
}
