using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>One line of the query <c>Steps</c>: a step of the process, an operator's action or a bank's message.</summary>
public sealed record StepView
{
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    /// <summary>For example <c>lock</c>, <c>operator:retry</c> or <c>bank:settled</c>.</summary>
    [JsonPropertyName("step")]
    public required string Step { get; init; }

    /// <summary>How it went, in words, without personal data.</summary>
    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }
}
