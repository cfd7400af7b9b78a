namespace Temporalio.DevServer.Cli;

/// <summary>An argument that this server knows.</summary>
/// <param name="Name">Its name without the dashes; <c>TEMPORAL_DEV_</c> and the name in capitals is its environment variable.</param>
/// <param name="Kind">Whether a value follows.</param>
/// <param name="Help">What it does; null for those that are accepted because official clients pass them, and do nothing here.</param>
/// <param name="Aliases">Other spellings, with their dashes.</param>
internal sealed record Setting(string Name, SettingKind Kind, string? Help, params string[] Aliases)
{
    public string Variable => "TEMPORAL_DEV_" + Name.ToUpperInvariant().Replace('-', '_');
}
