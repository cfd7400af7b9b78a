namespace Temporalio.Worker.Polling;

/// <summary>What one poll brought.</summary>
/// <param name="GotTask">Whether there was a task. If so, the permit now belongs to whoever runs it.</param>
/// <param name="PollersDelta">How many more (or, negative, fewer) polls the server would like, null if it said nothing.</param>
internal readonly record struct PollResult(bool GotTask, int? PollersDelta);
