namespace Temporalio.DevServer.Cli;

/// <summary>Arguments or settings make no sense. The message is one line and repeats nothing secret.</summary>
internal sealed class UsageException(string message) : Exception(message);
