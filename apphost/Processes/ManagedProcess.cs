using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Settlement.AppHost.Processes;

/// <summary>
/// A child process of this launcher: its output goes to a log file, it is asked to stop (SIGTERM) before it is killed, and it can be
/// killed (SIGKILL) and started again on purpose, which is what the drills and crash tests do.
/// </summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    /// <summary>Interrupt, as Ctrl-C sends it.</summary>
    public const int SigInt = 2;

    /// <summary>The polite request to end.</summary>
    public const int SigTerm = 15;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly ProcessStartInfo start;
    private readonly string logFile;
    private readonly Func<IReadOnlyDictionary<string, string>>? environment;
    private Process? process;
    private StreamWriter? log;

    /// <param name="name">Short name, for messages and the log file.</param>
    /// <param name="program">Executable to start.</param>
    /// <param name="arguments">Its arguments, one by one; nothing passes through a shell.</param>
    /// <param name="logFile">File that receives standard output and standard error, appended.</param>
    /// <param name="environment">Asked at every start for variables to add to this process's own environment.</param>
    public ManagedProcess(string name, string program, IEnumerable<string> arguments, string logFile, Func<IReadOnlyDictionary<string, string>>? environment = null)
    {
        Name = name;
        this.logFile = logFile;
        this.environment = environment;
        start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
    }

    public string Name { get; }

    /// <summary>The process id of the current incarnation.</summary>
    public int Id => process?.Id ?? throw new InvalidOperationException($"{Name} is not started.");

    public bool HasExited => process?.HasExited ?? true;

    /// <summary>Where its output goes.</summary>
    public string LogFile => logFile;

    /// <summary>Starts it. Throws if it is running.</summary>
    public void Start()
    {
        if (!HasExited)
            throw new InvalidOperationException($"{Name} is already running.");
        process?.Dispose();
        log?.Dispose();
        foreach (var (key, value) in environment?.Invoke() ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        var sink = TextWriter.Synchronized(log);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Write(sink, line.Data);
        process.ErrorDataReceived += (_, line) => Write(sink, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="answers">Whether it does; asked every 50 ms.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; the message carries its last lines.</exception>
    public async Task StartAsync(Func<CancellationToken, Task<bool>> answers, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answers);
        Start();
        var watch = Stopwatch.StartNew();
        while (!await answers(cancellationToken))
        {
            if (HasExited || watch.Elapsed > limit)
                throw new InvalidOperationException($"{Name} {(HasExited ? "ended while starting" : $"was not ready after {limit.TotalSeconds:0} s")}; last lines of {logFile}:\n{LogTail()}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Asks it to stop and waits; after 15 s it is killed with its children.</summary>
    /// <param name="signal">How it is asked.</param>
    public async Task StopAsync(int signal = SigTerm)
    {
        if (process is null || process.HasExited)
            return;
        _ = Signal(process.Id, signal);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>SIGKILL, at once: the process gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (process is null || process.HasExited)
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>The last lines it printed, for error messages.</summary>
    public string LogTail(int lines = 20)
    {
        if (!File.Exists(logFile))
            return "(no output)";
        using var reader = new StreamReader(new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process?.Dispose();
        if (log is not null)
            await log.DisposeAsync();
    }

    private static void Write(TextWriter sink, string? line)
    {
        if (line is null)
            return;
        try
        {
            sink.WriteLine(line);
        }
        catch (ObjectDisposedException)
        {
            // The process printed its last line while its log was being closed: there is nobody left to read it.
            Debug.WriteLine(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
