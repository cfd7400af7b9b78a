using System.Runtime.InteropServices;

namespace Temporalio.DevServer.Cli;

/// <summary>SIGTERM and SIGINT: the first asks the server to end, the second ends the process where it stands.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] registrations;

    public EndSignals() => registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal)];

    /// <summary>Gets the token that the first signal cancels.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Gets the task that ends with the first signal.</summary>
    public Task Received => received.Task;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (!received.TrySetResult())
            return;
        context.Cancel = true;
        source.Cancel();
    }
}
