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
