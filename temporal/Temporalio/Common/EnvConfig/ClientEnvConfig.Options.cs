namespace Temporalio.Common.EnvConfig;

public sealed partial record ClientEnvConfig
{
    /// <summary>How all profiles are loaded.</summary>
    public class ConfigLoadOptions : ICloneable
    {
        /// <summary>
        /// The configuration. Unset means the file that TEMPORAL_CONFIG_FILE names, else <c>temporalio/temporal.toml</c> in the
        /// user's configuration folder.
        /// </summary>
        public DataSource? ConfigSource { get; set; }

        /// <summary>Whether a key that is not known is an error.</summary>
        public bool ConfigFileStrict { get; set; }

        /// <summary>Environment variables instead of those of the process.</summary>
        public IReadOnlyDictionary<string, string>? OverrideEnvVars { get; set; }

        /// <summary>Makes a shallow copy.</summary>
        /// <returns>The copy.</returns>
        public virtual object Clone() => MemberwiseClone();
    }

    /// <summary>How one profile is loaded.</summary>
    public class ProfileLoadOptions : ICloneable
    {
        /// <summary>Name of the profile. Unset means what TEMPORAL_PROFILE says, else <c>default</c>.</summary>
        public string? Profile { get; set; }

        /// <summary>The configuration; see <see cref="ConfigLoadOptions.ConfigSource"/>.</summary>
        public DataSource? ConfigSource { get; set; }

        /// <summary>Whether to leave the file alone.</summary>
        public bool DisableFile { get; set; }

        /// <summary>Whether to leave environment variables alone.</summary>
        public bool DisableEnv { get; set; }

        /// <summary>Whether a key that is not known is an error.</summary>
        public bool ConfigFileStrict { get; set; }

        /// <summary>Environment variables instead of those of the process.</summary>
        public IReadOnlyDictionary<string, string>? OverrideEnvVars { get; set; }

        /// <summary>Makes a shallow copy.</summary>
        /// <returns>The copy.</returns>
        public virtual object Clone() => MemberwiseClone();
    }
}
