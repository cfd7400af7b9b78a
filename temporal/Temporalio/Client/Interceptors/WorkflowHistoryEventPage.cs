using Temporalio.Api.History.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>Part of a history.</summary>
/// <param name="Events">Events; empty only on the last page.</param>
/// <param name="NextPageToken">Where to go on, or null at the end.</param>
public record WorkflowHistoryEventPage(
    IReadOnlyCollection<HistoryEvent> Events,
    byte[]? NextPageToken);
