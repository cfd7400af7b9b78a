namespace Temporalio.DevServer.Operator;

/// <summary>Who this cluster of one is: an id that its database keeps, and where it listens.</summary>
internal sealed class ClusterIdentity
{
    private static readonly DocumentKey Key = new(DocumentKind.Server, "", "cluster-id");

    /// <summary>Gets the id, a UUID; the same after every start on the same database.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Gets or sets <c>host:port</c>; known when the port is open.</summary>
    public string Address { get; set; } = "";

    /// <summary>Reads the id, or makes one.</summary>
    public async Task LoadAsync(IStore store, CancellationToken cancellationToken)
    {
        if (await store.LoadDocumentAsync(Key, cancellationToken) is { } stored)
        {
            Id = new Guid(stored.Body).ToString("D");
            return;
        }
        var id = Guid.NewGuid();
        await store.CommitAsync(new StoreTransaction { Documents = [new DocumentWrite(Key, null, id.ToByteArray())] }, cancellationToken);
        Id = id.ToString("D");
    }
}

/// <summary>What the server says of itself as a cluster of one.</summary>
internal static class ClusterFacts
{
    /// <summary>The name that a cluster of its own has by default, in the real server too.</summary>
    public const string ClusterName = "active";

    /// <summary>The release of the real server whose behaviour this one has; clients switch features on by it. The suffix says that it is not that server.</summary>
    public const string ServerVersion = "1.32.0-embedded";
}
