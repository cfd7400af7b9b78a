using Temporalio.Conformance.Tests.Records;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.OfficialTypeScript;

/// <summary>One run of the TypeScript suite against a server, for the class that reads its results.</summary>
/// <typeparam name="TServer">The server.</typeparam>
public sealed class TypeScriptRun<TServer> : IAsyncLifetime
    where TServer : ConformanceServer, new()
{
    private readonly TServer server = new();
    private IReadOnlyDictionary<string, string?> results = new Dictionary<string, string?>();
    private string? broken;

    /// <summary>Gets the column of the results.</summary>
    public string Column => TypeScriptSdk.ColumnOn(server.Column);

    /// <summary>Skips the calling test where the server cannot be had.</summary>
    public void Require() => server.Require();

    /// <summary>Why a behaviour failed, or null.</summary>
    public string? Failure(string behaviour) => broken ?? results[behaviour];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        if (!server.Available)
        {
            return;
        }
        try
        {
            results = await TypeScriptSdk.RunAsync(server.TargetHost);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // A fixture that throws hides its message behind xunit's; each test says it instead.
            broken = e.Message;
        }
        foreach (var behaviour in TypeScriptSdk.Behaviours)
        {
            SuiteLedger.Add(Column, new("TypeScript", behaviour), new(Failure(behaviour), []));
        }
    }

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask;
}
