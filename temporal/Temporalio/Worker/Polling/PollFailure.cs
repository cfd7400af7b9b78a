namespace Temporalio.Worker.Polling;

/// <summary>What to do about a poll that failed.</summary>
internal enum PollFailure
{
    /// <summary>Nothing was wrong: the long poll ended without a task.</summary>
    Empty,

    /// <summary>Try again after a pause.</summary>
    Transient,

    /// <summary>Trying again cannot help: the worker must stop and say why.</summary>
    Fatal,
}
