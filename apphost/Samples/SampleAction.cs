namespace Settlement.AppHost.Samples;

/// <summary>One thing that a person does, once its condition holds.</summary>
public sealed record SampleAction
{
    public required SampleCondition When { get; init; }

    public required SampleActionKind Do { get; init; }

    public SampleChannel By { get; init; } = SampleChannel.Api;

    public string Reason { get; init; } = "As the sample says";

    /// <summary>Of resolve: <c>confirmed</c> or <c>not_executed</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of resolve.</summary>
    public string? Evidence { get; init; }

    /// <summary>Of script_bank.</summary>
    public SampleBank? Bank { get; init; }

    /// <summary>Of decide_at_bank: <c>settle</c> or <c>reject</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Of decide_at_bank.</summary>
    public string? ReasonCode { get; init; }

    public SampleAnswer Expect { get; init; } = SampleAnswer.Accepted;
}
