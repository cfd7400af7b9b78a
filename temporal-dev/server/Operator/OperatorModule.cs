using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Operator;

/// <summary>What operators and connecting clients ask of the server itself: namespaces, search attributes, what it is and can do.</summary>
internal sealed class OperatorModule(ServerParts parts) : IServerModule
{
    private readonly NamespaceDeletion deletion = new(parts);

    /// <summary>Gets who this server is.</summary>
    public ClusterIdentity Identity { get; } = new();

    public void Register(ServerServices services)
    {
        new NamespaceHandlers(parts.Namespaces, new NamespaceView(services), deletion).Register(services);
        new SearchAttributeHandlers(parts.Namespaces).Register(services);
        new SystemHandlers(services, parts, Identity).Register();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Identity.LoadAsync(parts.Store, cancellationToken);
        foreach (var name in parts.Options.Namespaces.Prepend("default").Distinct(StringComparer.Ordinal))
            await EnsureAsync(name, cancellationToken);
        deletion.Start();
    }

    public ValueTask DisposeAsync() => deletion.DisposeAsync();

    private async Task EnsureAsync(string name, CancellationToken cancellationToken)
    {
        if (parts.Namespaces.Find(name) is null)
        {
            NamespaceRules.CheckName(name);
            await parts.Namespaces.AddAsync(new NamespaceEntry { Id = Guid.NewGuid().ToString("D"), Name = name, Retention = parts.Options.EffectiveRetention }, cancellationToken);
        }
        if (parts.Options.SearchAttributes.Count > 0)
            await parts.Namespaces.UpdateAttributesAsync(name, all => SearchAttributeHandlers.Add(all, parts.Options.SearchAttributes), cancellationToken);
    }
}
