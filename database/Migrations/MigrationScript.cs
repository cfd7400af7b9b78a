using Microsoft.EntityFrameworkCore.Migrations;

namespace Settlement.Database.Migrations;

/// <summary>Runs an embedded SQL script as a migration. Scripts are forward only and may be run again.</summary>
internal static class MigrationScript
{
    /// <param name="builder">The migration's builder.</param>
    /// <param name="fileName">A file of Migrations/Scripts, for example <c>0002_ledger.sql</c>.</param>
    public static void Run(MigrationBuilder builder, string fileName)
    {
        using var stream = typeof(MigrationScript).Assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The migration script {fileName} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        builder.Sql(reader.ReadToEnd());
    }
}
