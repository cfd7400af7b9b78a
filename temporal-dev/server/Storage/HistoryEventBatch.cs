namespace Temporalio.DevServer.Storage;

/// <summary>The events of one transition. They were acknowledged together and are read together.</summary>
/// <param name="FirstEventId">Id of the first event; the others follow without a gap.</param>
/// <param name="Count">How many events; at least one.</param>
/// <param name="Events">A serialised temporal.api.history.v1.History. The store never looks inside and never changes it.</param>
internal sealed record HistoryEventBatch(long FirstEventId, int Count, byte[] Events)
{
    /// <summary>The id that the next batch starts with.</summary>
    public long NextEventId => FirstEventId + Count;
}
