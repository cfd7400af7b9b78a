using Google.Protobuf;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(
        FetchWorkflowHistoryEventPageInput input)
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Options.Namespace,
            Execution = Execution(input.Id, input.RunId),
            MaximumPageSize = input.PageSize ?? 0,
            NextPageToken = ToByteString(input.NextPageToken),
            WaitNewEvent = input.WaitNewEvent,
            HistoryEventFilterType = input.EventFilterType,
            SkipArchival = input.SkipArchival,
        };
        while (true)
        {
            var response = await Service.GetWorkflowExecutionHistoryAsync(
                request, Retrying(input.Rpc)).ConfigureAwait(false);
            var events = EventsOf(response);
            // A long poll that ends for the server's reasons has no events but a token; the Java test server sends neither a
            // token nor a history then, which must not be taken for the end.
            var waitAgain = input.WaitNewEvent && response.History is null && response.RawHistory.Count == 0;
            if (events.Count > 0 || (response.NextPageToken.IsEmpty && !waitAgain))
            {
                return new(events, response.NextPageToken.IsEmpty ? null : response.NextPageToken.ToByteArray());
            }
            if (!response.NextPageToken.IsEmpty)
            {
                request.NextPageToken = response.NextPageToken;
            }
        }
    }

    /// <inheritdoc />
    public override IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input) => EnumeratePages<WorkflowExecution>(
        input.Options?.Limit ?? 0,
        input.Options?.Rpc,
        async (token, rpc) =>
        {
            var page = await client.ListWorkflowsPaginatedAsync(input.Query, token, new() { Rpc = rpc }).ConfigureAwait(false);
            return (page.Workflows, page.NextPageToken);
        });

    /// <inheritdoc />
    public override async Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input)
    {
        var response = await Service.ListWorkflowExecutionsAsync(
            new()
            {
                Namespace = Options.Namespace,
                PageSize = input.Options?.PageSize ?? 0,
                Query = input.Query,
                NextPageToken = ToByteString(input.NextPageToken),
            },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false);
        return new(
            response.Executions.Select(e => new WorkflowExecution(e, Options.DataConverter, Options.Namespace)).ToArray(),
            response.NextPageToken.IsEmpty ? null : response.NextPageToken.ToByteArray());
    }

    /// <inheritdoc />
    public override async Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input) =>
        new(await Service.CountWorkflowExecutionsAsync(
            new() { Namespace = Options.Namespace, Query = input.Query },
            Retrying(input.Options?.Rpc)).ConfigureAwait(false));

    private static ByteString ToByteString(byte[]? bytes) =>
        bytes is null ? ByteString.Empty : ByteString.CopyFrom(bytes);

    // Some servers are configured to send histories as they store them, which is the same message in blobs.
    private static IReadOnlyCollection<HistoryEvent> EventsOf(GetWorkflowExecutionHistoryResponse response) =>
        response.RawHistory.Count == 0
            ? response.History?.Events ?? []
            : response.RawHistory.SelectMany(blob => History.Parser.ParseFrom(blob.Data).Events).ToArray();
}
