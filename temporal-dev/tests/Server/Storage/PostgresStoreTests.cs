using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;

namespace Temporalio.DevServer.Tests.Storage;

public sealed class PostgresStoreTests : StoreSuite
{
    private protected override async Task<IStore> OpenAsync() =>
        await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = await TestCluster.CreateDatabaseAsync() }, CancellationToken.None);
}
