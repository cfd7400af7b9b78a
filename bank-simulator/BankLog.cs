namespace Settlement.BankSimulator;

/// <summary>Every log line of the bank, with stable event ids.</summary>
internal static partial class BankLog
{
    [LoggerMessage(5001, LogLevel.Information, "Journal replayed: {Records} records from {Directory}")]
    public static partial void JournalReplayed(ILogger logger, long records, string directory);

    [LoggerMessage(5002, LogLevel.Critical, "The journal cannot be written; the bank stops")]
    public static partial void JournalFailed(ILogger logger, Exception error);

    [LoggerMessage(5003, LogLevel.Warning, "Push of message {MessageId} failed (attempt {Attempt}): {Reason}")]
    public static partial void PushFailed(ILogger logger, string messageId, int attempt, string reason);

    [LoggerMessage(5004, LogLevel.Error, "Message {MessageId} is parked after {Attempts} attempts")]
    public static partial void MessageParked(ILogger logger, string messageId, int attempts);

    [LoggerMessage(5005, LogLevel.Warning, "Scripted crash at {Point}")]
    public static partial void ScriptedCrash(ILogger logger, string point);

    [LoggerMessage(5006, LogLevel.Information, "Bank {Bank} listens; webhook {Webhook}")]
    public static partial void Listening(ILogger logger, string bank, string webhook);

    [LoggerMessage(5007, LogLevel.Error, "Deciding due payments failed; trying again")]
    public static partial void DecisionFailed(ILogger logger, Exception error);
}
