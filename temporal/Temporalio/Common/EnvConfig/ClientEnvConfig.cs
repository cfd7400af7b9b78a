using Temporalio.Client;

namespace Temporalio.Common.EnvConfig;

/// <summary>
/// Client configuration from <c>temporal.toml</c> and <c>TEMPORAL_*</c> environment variables, as the <c>temporal</c> command
/// line and all SDKs share it.
/// </summary>
/// <param name="Profiles">Profiles by name.</param>
public sealed partial record ClientEnvConfig(IReadOnlyDictionary<string, ClientEnvConfig.Profile> Profiles)
{
    /// <summary>Loads all profiles of the file. Environment variables only say where it is.</summary>
    /// <param name="options">Where to look.</param>
    /// <returns>The configuration, empty if there is no file.</returns>
    /// <exception cref="InvalidOperationException">The file is not valid.</exception>
    public static ClientEnvConfig Load(ConfigLoadOptions? options = null) =>
        new(EnvConfigLoader.LoadProfiles(options ?? new()));

    /// <summary>Loads one profile as options to connect with.</summary>
    /// <param name="options">Which profile, and where to look.</param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">The file is not valid, or has no such profile.</exception>
    public static TemporalClientConnectOptions LoadClientConnectOptions(ProfileLoadOptions? options = null) =>
        Profile.Load(options).ToClientConnectionOptions();

    /// <summary>Reads what <see cref="ToDictionary"/> wrote.</summary>
    /// <param name="profileDictionaries">Profiles by name.</param>
    /// <returns>The configuration.</returns>
    public static ClientEnvConfig FromDictionary(
        IReadOnlyDictionary<string, Dictionary<string, object>> profileDictionaries) =>
        new(profileDictionaries.ToDictionary(pair => pair.Key, pair => Profile.FromDictionary(pair.Value)));

    /// <summary>Writes the configuration as plain values.</summary>
    /// <returns>Profiles by name.</returns>
    public IReadOnlyDictionary<string, Dictionary<string, object>> ToDictionary() =>
        Profiles.ToDictionary(pair => pair.Key, pair => pair.Value.ToDictionary());
}
