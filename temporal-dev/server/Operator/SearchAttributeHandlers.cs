using Grpc.Core;
using Temporalio.Api.OperatorService.V1;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Operator;

/// <summary>Registers, lists and removes the search attributes of a namespace.</summary>
internal sealed class SearchAttributeHandlers(NamespaceRegistry namespaces)
{
    public void Register(ServerServices services)
    {
        services.Operator.Unary<AddSearchAttributesRequest, AddSearchAttributesResponse>("AddSearchAttributes", AddAsync);
        services.Operator.Unary<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>("RemoveSearchAttributes", RemoveAsync);
        services.Operator.Unary<ListSearchAttributesRequest, ListSearchAttributesResponse>("ListSearchAttributes", List);
        services.Workflow.Unary<GetSearchAttributesRequest, GetSearchAttributesResponse>("GetSearchAttributes", Get);
    }

    /// <summary>Adds attributes; those that are there with the same type stay as they are.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: a name or type is refused, or is there with another type.</exception>
    public static SearchAttributeRegistry Add(SearchAttributeRegistry registry, IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        try
        {
            return attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Aggregate(registry, (all, a) => all.With(a.Key, a.Value));
        }
        catch (ArgumentException e)
        {
            // Without the " (Parameter 'name')" that .NET adds.
            throw RpcRefusal.InvalidArgument(e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw RpcRefusal.InvalidArgument(e.Message);
        }
    }

    private async Task<AddSearchAttributesResponse> AddAsync(AddSearchAttributesRequest request, ServerCallContext call)
    {
        if (request.SearchAttributes.Count == 0)
            throw RpcRefusal.InvalidArgument("SearchAttributes are not set on request.");
        await namespaces.UpdateAttributesAsync(Named(request.Namespace), all => Add(all, request.SearchAttributes), call.CancellationToken);
        return new AddSearchAttributesResponse();
    }

    private async Task<RemoveSearchAttributesResponse> RemoveAsync(RemoveSearchAttributesRequest request, ServerCallContext call)
    {
        if (request.SearchAttributes.Count == 0)
            throw RpcRefusal.InvalidArgument("SearchAttributes are not set on request.");
        foreach (var name in request.SearchAttributes)
        {
            if (SystemFields.Columns.ContainsKey(name) || SystemFields.Predefined.ContainsKey(name))
                throw RpcRefusal.InvalidArgument($"Unable to remove non-custom search attributes: {name}.");
        }
        // One that is not there is no error, as in the real server.
        await namespaces.UpdateAttributesAsync(Named(request.Namespace), all => request.SearchAttributes.Aggregate(all, (left, name) => left.Without(name) ?? left), call.CancellationToken);
        return new RemoveSearchAttributesResponse();
    }

    private ListSearchAttributesResponse List(ListSearchAttributesRequest request) => new()
    {
        CustomAttributes = { Existing(request.Namespace).SearchAttributes.Custom.ToDictionary() },
        SystemAttributes = { System() },
    };

    // The request names no namespace, so it gets what all of them have and nothing that one of them registered.
    private static GetSearchAttributesResponse Get(GetSearchAttributesRequest request) => new() { Keys = { System() } };

    private static Dictionary<string, IndexedValueType> System() =>
        SystemFields.Columns.Concat(SystemFields.Predefined).ToDictionary(f => f.Key, f => f.Value.Type, StringComparer.Ordinal);

    private NamespaceEntry Existing(string name) => namespaces.Find(Named(name)) ?? throw NamespaceErrors.NotFound(name);

    private static string Named(string name) => name.Length > 0 ? name : throw RpcRefusal.InvalidArgument("Namespace is not set on request.");
}
