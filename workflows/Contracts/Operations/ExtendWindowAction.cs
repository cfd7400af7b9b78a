using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Moves the cut-off of one day, as a rail announces it during that day.</summary>
public sealed record ExtendWindowAction : OperatorAction
{
    [JsonPropertyName("rail")]
    public string Rail { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    [JsonPropertyName("currency")]
    public string Currency { get; init; } = "";

    /// <summary>The day, local to the window's zone.</summary>
    [JsonPropertyName("date")]
    public DateOnly Date { get; init; }

    /// <summary>The new cut-off, local to the window's zone; later than the window's opening on that day.</summary>
    [JsonPropertyName("cut_off")]
    public TimeOnly CutOff { get; init; }
}
