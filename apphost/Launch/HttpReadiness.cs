using System.Diagnostics;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Launch;

/// <summary>Waits until a program answers on its health address.</summary>
internal static class HttpReadiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <exception cref="InvalidOperationException">The program ended, or was not ready within 90 s; the message carries its last lines.</exception>
    public static async Task WaitAsync(ManagedProcess process, Uri address, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(address, cancellationToken))
        {
            if (process.HasExited || watch.Elapsed > Limit)
                throw new InvalidOperationException($"{process.Name} {(process.HasExited ? "ended while starting" : $"was not ready after {Limit.TotalSeconds:0} s")}; last lines of {process.LogFile}:\n{process.LogTail()}");
            await Task.Delay(50, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
