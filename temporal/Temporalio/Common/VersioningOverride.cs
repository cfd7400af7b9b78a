using WireOverride = Temporalio.Api.Workflow.V1.VersioningOverride;

namespace Temporalio.Common;

/// <summary>Replaces a workflow's versioning behavior: either pinned to a version or upgraded automatically.</summary>
public abstract record VersioningOverride
{
    private VersioningOverride()
    {
    }

    /// <summary>How a pinned override behaves.</summary>
    public enum PinnedOverrideBehavior
    {
        /// <summary>Not specified.</summary>
        Unspecified = WireOverride.Types.PinnedOverrideBehavior.Unspecified,

        /// <summary>The workflow stays on the version.</summary>
        Pinned = WireOverride.Types.PinnedOverrideBehavior.Pinned,
    }

    /// <summary>Converts to the wire message.</summary>
    internal WireOverride ToProto() => this is Pinned pinned
        ? new()
        {
            Pinned = new()
            {
                Version = pinned.Version.ToProto(),
                Behavior = (WireOverride.Types.PinnedOverrideBehavior)pinned.Behavior,
            },
        }
        : new() { AutoUpgrade = true };

    /// <summary>Pins the workflow to a version.</summary>
    /// <param name="Version">The version.</param>
    /// <param name="Behavior">How it behaves.</param>
    public sealed record Pinned(
        WorkerDeploymentVersion Version,
        PinnedOverrideBehavior Behavior = PinnedOverrideBehavior.Pinned) : VersioningOverride;

    /// <summary>Moves the workflow to the current version with its next task.</summary>
    public sealed record AutoUpgrade() : VersioningOverride;
}
