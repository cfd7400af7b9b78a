namespace Temporalio.Common;

/// <summary>
/// How open workflows move from one worker deployment version to the next (Temporal API enums/v1).
/// </summary>
public enum VersioningBehavior
{
    /// <summary>Not said. The worker's default applies; without worker versioning there is none.</summary>
    Unspecified = 0,

    /// <summary>The workflow stays on the version that it started on.</summary>
    Pinned = 1,

    /// <summary>The workflow moves to the current version with its next task.</summary>
    AutoUpgrade = 2,
}
