namespace Temporalio.DevServer.Storage;

/// <summary>Whole batches in the order asked for.</summary>
/// <param name="Batches">At least one if there is any, however large.</param>
/// <param name="Continue">The event id to ask for next, or null at the end.</param>
internal sealed record EventPage(IReadOnlyList<HistoryEventBatch> Batches, long? Continue);
