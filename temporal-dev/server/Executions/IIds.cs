namespace Temporalio.DevServer.Executions;

/// <summary>Where transitions take fresh names from, so that a test can fix them.</summary>
internal interface IIds
{
    /// <summary>A fresh lower-case UUID: a run id or a request id.</summary>
    string NewUuid();

    /// <summary>A number that grows with every event of the server (temporal.api.history.v1.HistoryEvent.task_id).</summary>
    long NextTaskId();

    /// <summary>Spreads what would otherwise happen at once: a number from 0 up to, not including, 1.</summary>
    double NextFraction();
}
