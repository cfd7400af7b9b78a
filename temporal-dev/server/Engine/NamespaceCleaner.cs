using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Engine;

/// <summary>Deletes the executions of a namespace that is deleted, open ones too, and tells nobody: there is nobody left to tell.</summary>
internal sealed class NamespaceCleaner(ExecutionEngine engine) : INamespaceCleaner
{
    private const int Page = 200;

    public async Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken)
    {
        engine.Services.Matcher.DropNamespace(namespaceId);
        var query = new VisibilityQuery(namespaceId, new Filter.All());
        while (true)
        {
            // Always the first page: what it held is gone afterwards.
            var page = await engine.Services.Store.ListAsync(query, Page, null, cancellationToken);
            if (page.Rows.Count == 0)
                return;
            foreach (var row in page.Rows)
                await engine.PurgeAsync(row.Run, cancellationToken);
        }
    }
}
