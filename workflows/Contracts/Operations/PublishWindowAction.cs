using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>The next version of a settlement window.</summary>
public sealed record PublishWindowAction : OperatorAction
{
    [JsonPropertyName("rail")]
    public string Rail { get; init; } = "";

    /// <summary>ISO 4217 code.</summary>
    [JsonPropertyName("currency")]
    public string Currency { get; init; } = "";

    /// <summary>Code of the rail's business calendar.</summary>
    [JsonPropertyName("calendar")]
    public string Calendar { get; init; } = "";

    /// <summary>IANA zone of the two times.</summary>
    [JsonPropertyName("zone")]
    public string Zone { get; init; } = "";

    /// <summary>Local opening time.</summary>
    [JsonPropertyName("opens")]
    public TimeOnly Opens { get; init; }

    /// <summary>Local cut-off; null: the end of the day.</summary>
    [JsonPropertyName("cut_off")]
    public TimeOnly? CutOff { get; init; }
}
