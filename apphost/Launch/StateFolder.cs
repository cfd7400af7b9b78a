using System.Globalization;
using System.Text.Json;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Launch;

/// <summary>
/// One run's folder below <c>.run/</c>: database, Temporal file, bank journal, logs, secrets. A new run takes a new folder, so that two runs never
/// meet; <c>.run/last</c> names the newest.
/// </summary>
public sealed class StateFolder
{
    private const string LastPointer = "last";

    /// <summary>Finished runs that are kept for inspection; older ones are removed.</summary>
    private const int KeptRuns = 5;

    private StateFolder(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string Bank => System.IO.Path.Combine(Path, "bank");

    public string TemporalDatabase => System.IO.Path.Combine(Path, "temporal.db");

    public string Secrets => System.IO.Path.Combine(Path, "secrets.json");

    public string Users => System.IO.Path.Combine(Path, "users.json");

    /// <summary>Where the run's parts answer; see <see cref="RunAddresses"/>.</summary>
    public string Addresses => AddressesIn(Path);

    private string OwnerFile => System.IO.Path.Combine(Path, "owner.pid");

    private static string Root => System.IO.Path.Combine(RepositoryRoot.Folder, ".run");

    /// <summary>Takes a new folder, removes the oldest finished runs, and points <c>.run/last</c> at the new one.</summary>
    public static StateFolder CreateForRun()
    {
        Directory.CreateDirectory(Root);
        RemoveOldRuns();
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}");
        var folder = At(System.IO.Path.Combine(Root, name));
        File.WriteAllText(System.IO.Path.Combine(Root, LastPointer), name);
        return folder;
    }

    /// <summary>The folder of the newest run, or null if there was none (or it was removed).</summary>
    public static string? LastRun()
    {
        var pointer = System.IO.Path.Combine(Root, LastPointer);
        if (!File.Exists(pointer))
            return null;
        var folder = System.IO.Path.Combine(Root, File.ReadAllText(pointer).Trim());
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The living process that holds this folder, or null.</summary>
    public static int? OwnerOf(string path) => new StateFolder(System.IO.Path.GetFullPath(path)).Owner();

    /// <summary>Takes (or takes again) a folder that the caller names.</summary>
    /// <exception cref="UserErrorException">Another living run holds it.</exception>
    public static StateFolder At(string path)
    {
        var folder = new StateFolder(System.IO.Path.GetFullPath(path));
        if (folder.Owner() is { } owner)
            throw new UserErrorException($"{folder.Path} belongs to a run that is still going (process {owner}).");
        Directory.CreateDirectory(folder.Logs);
        File.WriteAllText(folder.OwnerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return folder;
    }

    /// <summary>Gives the folder back: what is in it stays, for inspection.</summary>
    public void Release() => File.Delete(OwnerFile);

    internal static string AddressesIn(string path) => System.IO.Path.Combine(path, "addresses.json");

    private int? Owner()
    {
        if (!File.Exists(OwnerFile) || !int.TryParse(File.ReadAllText(OwnerFile), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            return null;
        return Directory.Exists($"/proc/{id}") ? id : null;
    }

    private static void RemoveOldRuns()
    {
        var finished = Directory.GetDirectories(Root)
            .Where(d => char.IsAsciiDigit(System.IO.Path.GetFileName(d)[0]) && new StateFolder(d).Owner() is null)
            .OrderDescending(StringComparer.Ordinal)
            .Skip(KeptRuns);
        foreach (var old in finished)
            Directory.Delete(old, recursive: true);
    }
}

/// <summary>
/// Where a run's parts answer, kept in its folder and readable by its owner alone (the database's address holds a password): how
/// <c>./prove</c> finds what runs, and how it starts the same again when nothing does.
/// </summary>
/// <param name="DatabaseUrl">postgres:// URL of the settlement database.</param>
/// <param name="OwnDatabase">True: a private cluster in the run's folder. False: somebody else's (DATABASE_URL).</param>
/// <param name="TemporalAddress">HOST:PORT.</param>
/// <param name="TemporalOption">What <c>--temporal</c> would be told to choose the same server again.</param>
/// <param name="BankAddress">Root of the bank simulator.</param>
public sealed record RunAddresses(string DatabaseUrl, bool OwnDatabase, string TemporalAddress, string TemporalOption, Uri BankAddress)
{
    /// <summary>What the run in this folder wrote, or null if it never came to run.</summary>
    public static RunAddresses? Read(string folder) => StateFolder.AddressesIn(folder) is var file && File.Exists(file) ? PrivateFile.Read<RunAddresses>(file) : null;

    internal void Write(StateFolder state) => PrivateFile.Write(state.Addresses, this);
}

/// <summary>JSON files of a run that only their owner may read.</summary>
internal static class PrivateFile
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static T Read<T>(string path) => JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format) ?? throw new InvalidOperationException($"{path} is empty.");

    /// <summary>Creates or replaces the file with mode 0600 from its first byte on.</summary>
    public static void Write<T>(string path, T content)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        JsonSerializer.Serialize(file, content, Format);
    }
}
