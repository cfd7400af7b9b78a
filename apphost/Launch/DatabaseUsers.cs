using System.Security.Cryptography;
using Npgsql;
using Settlement.AppHost.Postgres;
using Settlement.Database;

namespace Settlement.AppHost.Launch;

/// <summary>
/// The users of a run's private cluster: an owner that migrates, and one user per program with that program's role. Their passwords are new
/// at every start and stand nowhere but in the programs' environments.
/// </summary>
/// <param name="OwnerUrl">Owns and migrates the schema; no superuser.</param>
/// <param name="WorkerUrl">Has the role of the worker.</param>
/// <param name="ApiUrl">Has the role of the starter API.</param>
/// <param name="AuditorUrl">Reads only.</param>
public sealed record DatabaseUsers(string OwnerUrl, string WorkerUrl, string ApiUrl, string AuditorUrl)
{
    private const int PasswordBytes = 16;
    private const string Owner = "run_owner";

    internal static async Task<DatabaseUsers> CreateAsync(PrivatePostgres cluster, string database, CancellationToken cancellationToken)
    {
        var ownerPassword = NewPassword();
        await using (var superuser = NpgsqlDataSource.Create(cluster.ConnectionString(database)))
            await DatabaseRoles.CreateOwnerAsync(superuser, Owner, ownerPassword, cancellationToken);
        var ownerUrl = cluster.Url(database, Owner, ownerPassword);
        await using var owner = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(ownerUrl));
        return new DatabaseUsers(
            ownerUrl,
            await UserAsync(DatabaseRole.Worker, "run_worker"),
            await UserAsync(DatabaseRole.Api, "run_api"),
            await UserAsync(DatabaseRole.Auditor, "run_auditor"));

        async Task<string> UserAsync(DatabaseRole role, string name)
        {
            var password = NewPassword();
            await DatabaseRoles.CreateLoginAsync(owner, role, name, password, cancellationToken);
            return cluster.Url(database, name, password);
        }
    }

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
}
