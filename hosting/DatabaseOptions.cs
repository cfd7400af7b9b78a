using System.ComponentModel.DataAnnotations;

namespace Settlement.Hosting;

/// <summary>The settlement database.</summary>
public sealed class DatabaseOptions
{
    public const string SectionName = "Database";

    /// <summary>A <c>postgres://user:password@host:port/name</c> URL or an Npgsql connection string. Env <c>DATABASE_URL</c>.</summary>
    [Required(ErrorMessage = "Database:Url (DATABASE_URL) must be set")]
    public string Url { get; set; } = "";

    /// <summary>Most connections that this program opens. Env <c>DATABASE_MAX_CONNECTIONS</c>.</summary>
    [Range(2, 500, ErrorMessage = "Database:MaxConnections (DATABASE_MAX_CONNECTIONS) must be between {1} and {2}")]
    public int MaxConnections { get; set; } = 40;
}
