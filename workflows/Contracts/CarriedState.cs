using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// All that a settlement knows, handed from one run of its workflow to the next (continue-as-new), so that a wait of months does not
/// outgrow what Temporal keeps of one run. Nothing of it is told to people; new members are optional.
/// </summary>
public sealed record CarriedState
{
    /// <summary>Where the next run goes on.</summary>
    public required ProcessPhase Phase { get; init; }

    public required SettlementStatus Status { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required int Attempt { get; init; }

    /// <summary>How many runs came before.</summary>
    public required int Runs { get; init; }

    public ValidationResult? Schedule { get; init; }

    public SettlementFailure? Failure { get; init; }

    public string? FailureDetail { get; init; }

    public bool FundsMayBeLocked { get; init; }

    public CarriedOutcome Outcome { get; init; } = new();

    public CarriedWaits Waits { get; init; } = new();

    public CarriedAlarms Alarms { get; init; } = new();

    /// <summary>The rollback under way; null if none is.</summary>
    public CarriedRollBack? RollBack { get; init; }

    /// <summary>Messages seen, the newest last.</summary>
    public IReadOnlyList<CarriedMessage> SeenMessages { get; init; } = [];

    /// <summary>Messages that the books have not taken in yet.</summary>
    public IReadOnlyList<AbsorbInput> Unabsorbed { get; init; } = [];

    /// <summary>Answers to operators, the newest last.</summary>
    public IReadOnlyList<CarriedAnswer> Answers { get; init; } = [];

    /// <summary>The newest steps.</summary>
    public IReadOnlyList<StepView> Steps { get; init; } = [];
}

/// <summary>How far an attempt has come: where a next run of the workflow goes on. In the order of the process.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<ProcessPhase>))]
public enum ProcessPhase
{
    Validate,
    Approval,
    Window,
    Lock,
    Transfer,
    /// <summary>Waits for the outcome, or confirms it.</summary>
    Outcome,
    Finalize,
    RollBack,
    /// <summary>Waits in AWAITING_RETRY.</summary>
    Retry,
}

/// <summary>The instructions of all attempts, and the questions asked about the present one.</summary>
public sealed record CarriedOutcome
{
    public IReadOnlyList<CarriedInstruction> Instructions { get; init; } = [];

    /// <summary>UETR of the present attempt's instruction; null if it has none yet.</summary>
    public string? Present { get; init; }

    public int Enquiries { get; init; }

    public DateTimeOffset NextEnquiryAt { get; init; }

    public DateTimeOffset? NextRecallAt { get; init; }

    public int RecallTries { get; init; }

    public int RecallFailures { get; init; }

    public bool AmountMismatch { get; init; }

    public string? LateConfirmation { get; init; }
}

/// <summary>One instruction to the bank.</summary>
/// <param name="Uetr">UUIDv4 in lower case.</param>
/// <param name="Attempt">Whose.</param>
/// <param name="Accepted">The bank has said that it has it.</param>
/// <param name="Recall"><c>None</c>, <c>Pending</c> or <c>Refused</c>.</param>
/// <param name="Verdict">What is proven; null while open.</param>
public sealed record CarriedInstruction(string Uetr, int Attempt, bool Accepted, string Recall, CarriedVerdict? Verdict);

/// <summary>A proof about an instruction.</summary>
public sealed record CarriedVerdict(BankOutcome Outcome, string Source)
{
    public string? ReasonCode { get; init; }
    public bool Retryable { get; init; }
    public string? BankReference { get; init; }
    public string? MessageId { get; init; }
    public Actor? Actor { get; init; }
    public string? Approver { get; init; }
    public string? Evidence { get; init; }
}

/// <summary>A rollback under way.</summary>
/// <param name="Then">State that follows.</param>
/// <param name="Failure">Why.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="HasVerdict">The attempt's instruction is closed with its proof.</param>
public sealed record CarriedRollBack(SettlementStatus Then, SettlementFailure Failure, string Reason, Actor? Actor, bool HasVerdict);

/// <summary>What people have asked for, and until when is waited.</summary>
public sealed record CarriedWaits
{
    public DateTimeOffset? Deadline { get; init; }

    public bool Paused { get; init; }

    public bool RetryRequested { get; init; }

    public int AutomaticRetries { get; init; }

    public int Occurrences { get; init; }

    /// <summary>Null: nobody has been asked or nobody has answered.</summary>
    public CarriedDecision? Approval { get; init; }

    /// <summary>Who wants it ended, and why; null: nobody.</summary>
    public CarriedDecision? Stop { get; init; }

    /// <summary>The step that keeps failing; it is begun again.</summary>
    public string? FailingStep { get; init; }
}

/// <summary>What a person decided.</summary>
public sealed record CarriedDecision(bool Granted, Actor Actor, string Reason);

/// <summary>A reason for which a person is needed, and whether the database has it.</summary>
public sealed record CarriedAttention(AttentionReason Reason, bool Recorded);

/// <summary>What has been raised and not cleared.</summary>
public sealed record CarriedAlarms
{
    public IReadOnlyList<CarriedAttention> Attention { get; init; } = [];

    public IReadOnlyList<EscalationLevel> Escalated { get; init; } = [];

    public DateTimeOffset? StuckReportedFor { get; init; }
}

/// <summary>The answer to an operator's action.</summary>
public sealed record CarriedAnswer(string RequestId, string Update, OperatorReply Reply);

/// <summary>A bank message that has been taken in.</summary>
public sealed record CarriedMessage(string MessageId, string Uetr);
