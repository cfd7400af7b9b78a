using Settlement.Domain;

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

/// <summary>When an operator acts.</summary>
public sealed record SampleCondition
{
    public required SettlementStatus Status { get; init; }

    /// <summary>Null: either.</summary>
    public bool? NeedsAttention { get; init; }

    /// <summary>UPPER_SNAKE of an attention reason; null: any.</summary>
    public string? AttentionReason { get; init; }

    /// <summary>How long the condition must have held, in seconds.</summary>
    public double AfterSeconds { get; init; }
}

/// <summary>What an operator of a sample can do.</summary>
public enum SampleActionKind
{
    Retry,
    Cancel,
    Approve,
    Reject,

    /// <summary>Says what became of an instruction, with evidence and an approver's ticket.</summary>
    Resolve,
    RetryCompensation,

    /// <summary>Replaces the bank's script: the bank's world changes.</summary>
    ScriptBank,

    /// <summary>The bank's back office decides the newest payment that it holds.</summary>
    DecideAtBank,

    /// <summary>Nothing: the step is there because its condition must have been seen.</summary>
    Watch,
}

/// <summary>Which way an operator's action takes.</summary>
public enum SampleChannel
{
    /// <summary>The starter API.</summary>
    Api,

    /// <summary>A workflow update straight to Temporal, as <c>temporal workflow update execute</c> sends it.</summary>
    Workflow,
}

/// <summary>How an operator's action is expected to be answered.</summary>
public enum SampleAnswer
{
    Accepted,
    Refused,
}
