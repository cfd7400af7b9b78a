using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Engine;

/// <summary>What the engine asks of the server's namespaces. Answers at once, from memory.</summary>
internal interface INamespaceFacts
{
    /// <summary>The namespace of this id, or null if it is gone.</summary>
    NamespaceFacts? ById(string id);

    /// <summary>The namespace of this name, or null.</summary>
    NamespaceFacts? ByName(string name);
}
