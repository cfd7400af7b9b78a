using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// Which ways of doing things a history relies on. New ways are used by new workflow tasks only, and written down with
/// them, so that a replay does the same as the first run did. The numbers are those of the official SDKs.
/// </summary>
/// <param name="canWrite">Whether the server keeps them.</param>
internal sealed class SdkFlags(bool canWrite)
{
    /// <summary>Activities and children are compared with history by id and type too.</summary>
    internal const uint IdAndTypeChecks = 1;

    /// <summary>A patch also sets the search attribute TemporalChangeVersion.</summary>
    internal const uint UpsertOnPatch = 2;

    /// <summary>Commands that end the run go last, whenever they were given.</summary>
    internal const uint TerminalCommandsLast = 3;

    private static readonly uint[] AllCore = [IdAndTypeChecks, UpsertOnPatch, TerminalCommandsLast];

    private readonly HashSet<uint> core = [];
    private readonly HashSet<uint> language = [];
    private readonly SortedSet<uint> coreUsed = [];
    private readonly SortedSet<uint> languageUsed = [];
    private string lastSdkName = string.Empty;
    private string lastSdkVersion = string.Empty;

    /// <summary>Gets the language flags that history holds.</summary>
    internal IReadOnlySet<uint> Language => language;

    /// <summary>Takes over what a completed workflow task wrote down.</summary>
    /// <param name="completed">Attributes of the completion.</param>
    internal void AddFrom(WorkflowTaskCompletedEventAttributes completed)
    {
        if (completed.SdkMetadata is not { } metadata)
        {
            return;
        }
        core.UnionWith(metadata.CoreUsedFlags);
        language.UnionWith(metadata.LangUsedFlags);
        lastSdkName = metadata.SdkName.Length > 0 ? metadata.SdkName : lastSdkName;
        lastSdkVersion = metadata.SdkVersion.Length > 0 ? metadata.SdkVersion : lastSdkVersion;
    }

    /// <summary>Whether a way of doing things applies.</summary>
    /// <param name="flag">Number of the way.</param>
    /// <param name="replaying">Whether the task is a replay, so that only history counts.</param>
    /// <returns>True if it applies.</returns>
    internal bool TryUse(uint flag, bool replaying)
    {
        if (replaying)
        {
            return core.Contains(flag);
        }
        coreUsed.Add(flag);
        return canWrite;
    }

    /// <summary>Notes that new workflow code relies on language flags.</summary>
    /// <param name="flags">Flags.</param>
    internal void UseLanguage(IEnumerable<uint> flags) => languageUsed.UnionWith(flags);

    /// <summary>What the completion of the current workflow task must write down.</summary>
    /// <param name="sdkName">Name of this SDK.</param>
    /// <param name="sdkVersion">Version of this SDK.</param>
    /// <returns>Flags not written down before, and name and version if they have changed.</returns>
    internal WorkflowTaskCompletedMetadata TakeForCompletion(string sdkName, string sdkVersion)
    {
        var metadata = new WorkflowTaskCompletedMetadata();
        if (!canWrite)
        {
            return metadata;
        }
        coreUsed.UnionWith(AllCore);
        metadata.CoreUsedFlags.Add(coreUsed.Where(flag => core.Add(flag)));
        metadata.LangUsedFlags.Add(languageUsed.Where(flag => language.Add(flag)));
        metadata.SdkName = lastSdkName == sdkName ? string.Empty : sdkName;
        metadata.SdkVersion = lastSdkVersion == sdkVersion ? string.Empty : sdkVersion;
        (lastSdkName, lastSdkVersion) = (sdkName, sdkVersion);
        return metadata;
    }
}
