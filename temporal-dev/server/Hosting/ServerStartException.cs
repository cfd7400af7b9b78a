namespace Temporalio.DevServer.Hosting;

/// <summary>The server cannot start. The message is one line for whoever started it, without secrets.</summary>
internal sealed class ServerStartException(string message, ExitCode exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets what the process ends with.</summary>
    public ExitCode ExitCode { get; } = exitCode;
}
