using Microsoft.Extensions.Options;
using Settlement.Hosting;
using Settlement.Worker.Logging;
using Settlement.Workflows.Contracts;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Worker.Startup;

/// <summary>
/// Registers the search attributes that operators filter by, so that nobody has to do it by hand. Where the account may not (a managed
/// cluster), it says which are needed and goes on: the start of a settlement tells what is missing.
/// </summary>
internal sealed class SearchAttributes(ITemporalClient client, IOptions<TemporalOptions> options, ILogger<SearchAttributes> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await RegisterAsync(limit.Token);
                return;
            }
            catch (RpcException refused) when (refused.Code is RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unimplemented)
            {
                log.SearchAttributesRefused(refused.Message, string.Join(", ", SettlementSearchAttributes.All.Select(a => $"{a.Name}={a.ValueType}")));
                return;
            }
            catch (Exception wait) when (TemporalOutage.Is(wait) && !limit.IsCancellationRequested)
            {
                log.TemporalNotReady(options.Value.Address, wait.Message);
                await Task.Delay(Pause, limit.Token);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        var known = await client.Connection.OperatorService.ListSearchAttributesAsync(new ListSearchAttributesRequest { Namespace = options.Value.Namespace }, rpc);
        var request = new AddSearchAttributesRequest { Namespace = options.Value.Namespace };
        foreach (var attribute in SettlementSearchAttributes.All.Where(a => !known.CustomAttributes.ContainsKey(a.Name)))
            request.SearchAttributes.Add(attribute.Name, attribute.ValueType);
        if (request.SearchAttributes.Count == 0)
            return;
        try
        {
            await client.Connection.OperatorService.AddSearchAttributesAsync(request, rpc);
            log.SearchAttributesRegistered(request.SearchAttributes.Count);
        }
        catch (RpcException raced) when (raced.Code == RpcException.StatusCode.AlreadyExists)
        {
            log.SearchAttributesRegistered(0);
        }
    }
}
