namespace Temporalio.DevServer.Matching;

/// <summary>More polls wait, or more task queues exist, than the server bears.</summary>
internal sealed class TooManyPollersException() : Exception("Too many polls wait already.");
