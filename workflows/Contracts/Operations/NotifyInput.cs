using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Whom to tell of a change, and how far that has come.</summary>
public sealed record NotifyInput
{
    /// <summary>What changed, for the log: for example <c>window T2/EUR</c>.</summary>
    [JsonPropertyName("change")]
    public required string Change { get; init; }

    /// <summary>Only settlements that a switch holds back; else those whose recorded schedule no longer fits.</summary>
    [JsonPropertyName("held_only")]
    public bool HeldOnly { get; init; }

    /// <summary>The last one told; null: from the beginning.</summary>
    [JsonPropertyName("after")]
    public Guid? After { get; init; }

    /// <summary>The first round is over.</summary>
    [JsonPropertyName("second_round")]
    public bool SecondRound { get; init; }

    /// <summary>How many were told in earlier runs of this workflow.</summary>
    [JsonPropertyName("told")]
    public long Told { get; init; }
}
