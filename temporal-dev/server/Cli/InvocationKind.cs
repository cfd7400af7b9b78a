namespace Temporalio.DevServer.Cli;

/// <summary>What the program can be asked to do.</summary>
internal enum InvocationKind
{
    Serve,
    Help,
    Version,
}
