namespace Temporalio.DevServer.Namespaces;

/// <summary>Forgets what a part of the server keeps of a namespace that is deleted.</summary>
internal interface INamespaceCleaner
{
    /// <summary>Deletes it all, for good. May be called again for the same namespace, after a restart in between.</summary>
    /// <param name="namespaceId">The namespace's id; its name leads nowhere any more.</param>
    /// <param name="cancellationToken">The server ends; it will ask again at its next start.</param>
    Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken);
}
