using Settlement.AppHost.Processes;
using Settlement.Drills.Simulation;

namespace Settlement.Drills.Bugs;

/// <summary>
/// A bug that is planted to see the simulation fail. It is kept beside this file: as SQL that spoils the database of a run, or as a patch of the
/// source that is built in a copy of the tree.
/// </summary>
/// <param name="Name">Name of its file, without the extension.</param>
/// <param name="Finding">Part of a finding that it must cause: a run that fails for another reason has not found it. With "|", either of two: which one
/// names it depends on whether its settlements have come to an end when the run does.</param>
/// <param name="Focus">What a short run must hold for the bug to show.</param>
internal sealed record PlantedBug(string Name, string Finding, PlanFocus Focus)
{
    private const int Payments = 24;

    /// <summary>Every bug by its name.</summary>
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("skip-floor-check", "below its floor", new(40, 0, ["PROMPT", "ANSWER"], [])),
        new("post-twice", "the debtor paid more than due", new(Payments, 0, ["PROMPT", "ANSWER"], [])),
        new("forget-to-release", "held balance is not the sum of its locks", new(Payments, 0, ["CLOSED", "PROMPT"], [])),
        new("round-a-leg", "transfer does not sum to zero", new(Payments, 0, ["PROMPT", "ANSWER"], [])),
        new("release-on-unknown", "the bank keeps money that nothing explains", new(Payments, 0, ["BUSY", "PROMPT"], [])),
        new("confirm-on-acceptance", "the bank did not pay what our books say", new(Payments, 0, ["RECONSIDERS", "PROMPT"], [])),
        new("treat-not-found-as-not-sent", "the bank keeps money that nothing explains|the bank paid more than our books say", new(Payments, 0, ["BLIND"], [])),
        new("new-uetr-on-technical-retry", "the bank has a payment that was never recorded", new(40, 6, ["SLOW", "SILENT"], [FaultKind.KillWorker])),
        new("drop-late-confirmation", "the bank keeps money that nothing explains", new(Payments, 0, ["MISJUDGED"], [])),
        new("forget-the-sweep", "never came to an end", new(40, 4, ["PROMPT"], [FaultKind.KillTemporal])),
        new("ignore-the-key", "one key, several settlements", new(Payments, 0, ["PROMPT"], [])),
    ];

    /// <summary>Whether a finding names this bug.</summary>
    public bool IsNamedBy(string finding) => Finding.Split('|').Any(part => finding.Contains(part, StringComparison.Ordinal));

    /// <summary>SQL to run on the database, or null: it is a patch of the source.</summary>
    public string? SqlFile => File.Exists(FileOf("sql")) ? FileOf("sql") : null;

    /// <summary>The patch of the source.</summary>
    public string PatchFile => FileOf("patch");

    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public static PlantedBug Named(string name) =>
        All.FirstOrDefault(bug => bug.Name == name) ?? throw new UserErrorException($"No planted bug called '{name}'. There are: {string.Join(", ", All.Select(bug => bug.Name))}");

    private string FileOf(string extension) => Path.Combine(RepositoryRoot.Folder, "drills", "Bugs", $"{Name}.{extension}");
}
