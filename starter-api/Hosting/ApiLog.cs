namespace Settlement.StarterApi.Hosting;

/// <summary>Every log line of the API, with stable event ids 3000–3099. Amounts, names, tokens and bodies are never logged.</summary>
public static partial class ApiLog
{
    [LoggerMessage(3001, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger log, string method, string path, Exception failure);

    [LoggerMessage(3002, LogLevel.Information, "Waiting for the worker's migrations: {Reason}")]
    public static partial void WaitingForSchema(this ILogger log, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Database schema is present; serving")]
    public static partial void SchemaPresent(this ILogger log);

    [LoggerMessage(3004, LogLevel.Warning, "{Dependency} is not ready: {Reason}")]
    public static partial void NotReady(this ILogger log, string dependency, string reason);

    [LoggerMessage(3010, LogLevel.Warning, "Login of {UserName} refused")]
    public static partial void LoginRefused(this ILogger log, string userName);

    [LoggerMessage(3011, LogLevel.Information, "{UserName} signed in")]
    public static partial void LoggedIn(this ILogger log, string userName);

    [LoggerMessage(3012, LogLevel.Warning, "A used refresh token of {UserName} was presented again; its family {Family} is revoked")]
    public static partial void RefreshTokenReused(this ILogger log, string userName, Guid family);

    [LoggerMessage(3020, LogLevel.Warning, "Settlement {SettlementId} is stored but its workflow could not be started; the sweeper will start it")]
    public static partial void StartDeferred(this ILogger log, Guid settlementId, Exception failure);

    [LoggerMessage(3021, LogLevel.Information, "{Action} on settlement {SettlementId} by {UserName}: {Outcome}")]
    public static partial void ActionDone(this ILogger log, string action, Guid settlementId, string userName, string outcome);

    [LoggerMessage(3022, LogLevel.Warning, "Open settlements could not be told of {Change}; they look by themselves")]
    public static partial void NobodyTold(this ILogger log, string change, Exception failure);

    [LoggerMessage(3030, LogLevel.Warning, "Message of bank {Bank} refused: {Reason}")]
    public static partial void BankMessageRefused(this ILogger log, string bank, string reason);

    [LoggerMessage(3031, LogLevel.Warning, "Message {MessageId} of bank {Bank} is stored but could not be delivered to its workflow")]
    public static partial void BankMessageNotDelivered(this ILogger log, string messageId, string bank, Exception failure);

    [LoggerMessage(3040, LogLevel.Error, "The refusal of {Action} by {UserName} could not be written to the audit log")]
    public static partial void AuditFailed(this ILogger log, string action, string userName, Exception failure);
}
