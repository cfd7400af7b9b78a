using System.Runtime.CompilerServices;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Namespaces;

namespace Temporalio.DevServer.Frontend;

/// <summary>The server's namespaces as executions see them.</summary>
internal sealed class Spaces(NamespaceRegistry registry) : INamespaceFacts
{
    private readonly ConditionalWeakTable<NamespaceEntry, NamespaceFacts> facts = [];

    public NamespaceFacts? ById(string id) => registry.FindById(id) is { } entry ? Facts(entry) : null;

    public NamespaceFacts? ByName(string name) => registry.Find(name) is { } entry ? Facts(entry) : null;

    /// <summary>The namespace of a request that reads or changes what is in it.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none, or it is being deleted.</exception>
    public NamespaceFacts Require(string name) => Facts(registry.Require(name));

    /// <summary>The namespace of a request that starts something.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none, or nothing may be started in it.</exception>
    public NamespaceFacts RequireForStart(string name) => Facts(registry.RequireForStart(name));

    // An entry is immutable, so what is made of it once is good for as long as it is the entry.
    private NamespaceFacts Facts(NamespaceEntry entry) => facts.GetValue(entry, e => new NamespaceFacts(e.Name, e.Id, e.Retention, e.SearchAttributes));
}
