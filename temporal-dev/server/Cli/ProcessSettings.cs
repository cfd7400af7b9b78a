namespace Temporalio.DevServer.Cli;

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
