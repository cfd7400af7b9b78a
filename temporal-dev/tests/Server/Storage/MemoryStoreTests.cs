using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Storage;

public sealed class MemoryStoreTests : StoreSuite
{
    private protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new MemoryStore());
}
