namespace Temporalio.DevServer.Cli;

/// <summary>What the program was asked to do.</summary>
/// <param name="Kind">Serve, or say something and end.</param>
/// <param name="Options">How to serve, without loggers and certificates.</param>
/// <param name="Settings">The rest of the settings.</param>
/// <param name="Ignored">Arguments that this server does not know and goes on without.</param>
internal sealed record Invocation(InvocationKind Kind, DevServerOptions Options, ProcessSettings Settings, IReadOnlyList<string> Ignored);
