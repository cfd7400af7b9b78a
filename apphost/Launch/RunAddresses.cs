using System.Text.Json;

namespace Settlement.AppHost.Launch;

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
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>What the run in this folder wrote, or null if it never came to run.</summary>
    public static RunAddresses? Read(string folder)
    {
        var file = StateFolder.AddressesIn(folder);
        return File.Exists(file) ? JsonSerializer.Deserialize<RunAddresses>(File.ReadAllText(file), Format) : null;
    }

    internal void Write(StateFolder state) => PrivateFile.Write(state.Addresses, JsonSerializer.Serialize(this, Format));
}
