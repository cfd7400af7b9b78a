using Proto = Temporalio.Api.Enums.V1.SuggestContinueAsNewReason;

namespace Temporalio.Workflows;

/// <summary>Why the server suggests to continue as new.</summary>
public enum SuggestContinueAsNewReason
{
    /// <summary>It does not say.</summary>
    Unspecified = Proto.Unspecified,

    /// <summary>The history has too many bytes.</summary>
    HistorySizeTooLarge = Proto.HistorySizeTooLarge,

    /// <summary>The history has too many events.</summary>
    TooManyHistoryEvents = Proto.TooManyHistoryEvents,

    /// <summary>The workflow has had too many updates.</summary>
    TooManyUpdates = Proto.TooManyUpdates,
}
