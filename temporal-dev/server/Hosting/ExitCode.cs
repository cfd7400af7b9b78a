namespace Temporalio.DevServer.Hosting;

/// <summary>What the process ends with. Scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>It was asked to end and did.</summary>
    Ok = 0,

    /// <summary>Something broke that has no number of its own.</summary>
    Failed = 1,

    /// <summary>Arguments or settings make no sense.</summary>
    Usage = 2,

    /// <summary>The port is taken or the address is not this machine's.</summary>
    CannotListen = 3,

    /// <summary>The database does not answer or refuses us.</summary>
    DatabaseUnavailable = 4,

    /// <summary>Another server writes to the database.</summary>
    DatabaseTaken = 5,

    /// <summary>Another server has taken the database over while this one ran.</summary>
    Fenced = 6,
}

/// <summary>The server cannot start. The message is one line for whoever started it, without secrets.</summary>
internal sealed class ServerStartException(string message, ExitCode exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets what the process ends with.</summary>
    public ExitCode ExitCode { get; } = exitCode;
}
