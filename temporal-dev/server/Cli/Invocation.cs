namespace Temporalio.DevServer.Cli;

/// <summary>What the program was asked to do.</summary>
/// <param name="Kind">Serve, or say something and end.</param>
/// <param name="Options">How to serve, without loggers and certificates.</param>
/// <param name="Settings">The process around the server.</param>
/// <param name="Ignored">Arguments that this server does not know and goes on without.</param>
internal sealed record Invocation(InvocationKind Kind, DevServerOptions Options, ProcessSettings Settings, IReadOnlyList<string> Ignored)
{
    /// <summary>Gets what is to be said, for <see cref="InvocationKind.Say"/>.</summary>
    public string Words { get; init; } = "";
}

/// <summary>What the program can be asked to do.</summary>
internal enum InvocationKind
{
    Serve,
    Say,
}

/// <summary>Settings of the process around the server.</summary>
internal sealed record ProcessSettings
{
    /// <summary>Gets <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c> or <c>never</c>.</summary>
    public string LogLevel { get; init; } = "warn";

    /// <summary>Gets <c>pretty</c>, <c>text</c> or <c>json</c>.</summary>
    public string LogFormat { get; init; } = "pretty";

    /// <summary>Gets the PEM file of the server's certificate and its intermediates, or null.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>Gets the PEM file of the certificate's private key, or null.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>Gets the PEM file of the authorities that clients' certificates must come from, or null.</summary>
    public string? TlsClientAuthoritiesFile { get; init; }

    /// <summary>Gets whether a Web UI was wanted.</summary>
    public bool WantsUi { get; init; }
}

/// <summary>Arguments or settings that make no sense; one line says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
