using Proto = Temporalio.Api.Enums.V1.ContinueAsNewVersioningBehavior;

namespace Temporalio.Workflows;

/// <summary>On which deployment version the run after a continue-as-new begins.</summary>
public enum InitialVersioningBehavior
{
    /// <summary>On that of the run before.</summary>
    Unspecified = Proto.Unspecified,

    /// <summary>On the one that new workflows go to.</summary>
    AutoUpgrade = Proto.AutoUpgrade,
}
