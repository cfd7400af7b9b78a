using Grpc.Core;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>Reads histories: forwards, backwards, and waiting for what comes.</summary>
internal sealed class HistoryHandlers(ExecutionEngine engine, Spaces spaces)
{
    /// <summary>Events of one page where the caller names no number, and the most he gets (frontend.historyMaxPageSize).</summary>
    private const int MaxPage = 1_000;

    /// <summary>Programs, by their <c>client-name</c>, that the real server shows stored events only.</summary>
    private static readonly string[] WithStoredOnly = ["temporal-cli", "temporal-ui"];

    public void Register(ServiceTable service) => service
        .Unary<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", GetAsync)
        .Unary<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>("GetWorkflowExecutionHistoryReverse", GetReverseAsync);

    private async Task<GetWorkflowExecutionHistoryResponse> GetAsync(GetWorkflowExecutionHistoryRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.Execution);
        var token = Token(request.NextPageToken, execution.RunId);
        var runId = token?.RunId ?? execution.RunId;
        var facts = await engine.HistoryFactsAsync(space, execution.WorkflowId, runId, call.CancellationToken);
        if (request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent)
            return await CloseEventAsync(request, space, facts, call);
        var from = token?.NextEventId ?? 1;
        if (token is { EndEventId: > 0 })
            return await PageAsync(facts, from, Math.Min(token.EndEventId, facts.NextEventId), request.MaximumPageSize, token, call.CancellationToken);
        if (request.WaitNewEvent && facts.IsOpen && from >= facts.NextEventId)
            facts = await engine.WaitForEventAsync(space, facts.Run, from, closeOnly: false, Wait(call), call.CancellationToken);
        var response = await PageAsync(facts, from, facts.NextEventId, request.MaximumPageSize, request.WaitNewEvent && facts.IsOpen ? new HistoryToken { Wait = true } : null, call.CancellationToken);
        if (facts.Unwritten.Count > 0 && response.History.Events.LastOrDefault()?.EventId == facts.NextEventId - 1 && !WithStoredOnly.Contains(call.RequestHeaders.GetValue("client-name")))
            response.History.Events.AddRange(facts.Unwritten);
        return response;
    }

    private async Task<GetWorkflowExecutionHistoryReverseResponse> GetReverseAsync(GetWorkflowExecutionHistoryReverseRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.Execution);
        var token = Token(request.NextPageToken, execution.RunId);
        var facts = await engine.HistoryFactsAsync(space, execution.WorkflowId, token?.RunId ?? execution.RunId, call.CancellationToken);
        var last = Math.Min(token?.NextEventId ?? long.MaxValue, facts.NextEventId - 1);
        var events = await engine.ReadEventsBackAsync(facts.Run, last, PageSize(request.MaximumPageSize), call.CancellationToken);
        var response = new GetWorkflowExecutionHistoryReverseResponse { History = new History { Events = { events } } };
        if (events.Count > 0 && events[^1].EventId > 1)
            response.NextPageToken = new HistoryToken { RunId = facts.Run.RunId, NextEventId = events[^1].EventId - 1 }.ToByteString();
        return response;
    }

    /// <summary>Only the event that closed the run. While it is open: nothing, or a wait for it.</summary>
    private async Task<GetWorkflowExecutionHistoryResponse> CloseEventAsync(
        GetWorkflowExecutionHistoryRequest request, NamespaceFacts space, ExecutionEngine.HistoryFacts facts, ServerCallContext call)
    {
        if (facts.IsOpen && request.WaitNewEvent)
            facts = await engine.WaitForEventAsync(space, facts.Run, 0, closeOnly: true, Wait(call), call.CancellationToken);
        var response = new GetWorkflowExecutionHistoryResponse { History = new History() };
        if (!facts.IsOpen)
            response.History.Events.AddRange(await engine.ReadEventsAsync(facts.Run, facts.NextEventId - 1, facts.NextEventId, 1, call.CancellationToken));
        else if (request.WaitNewEvent)
            response.NextPageToken = new HistoryToken { RunId = facts.Run.RunId, NextEventId = facts.NextEventId, Wait = true }.ToByteString();
        return response;
    }

    // "more" is there where the range is not all: a wait goes on after it, or events that are not stored come last.
    private async Task<GetWorkflowExecutionHistoryResponse> PageAsync(
        ExecutionEngine.HistoryFacts facts, long from, long to, int pageSize, HistoryToken? more, CancellationToken cancellationToken)
    {
        var events = await engine.ReadEventsAsync(facts.Run, from, to, PageSize(pageSize), cancellationToken);
        var response = new GetWorkflowExecutionHistoryResponse { History = new History { Events = { events } } };
        var next = from + events.Count;
        if (next < to || more is { Wait: true })
        {
            var token = more?.Clone() ?? new HistoryToken();
            (token.RunId, token.NextEventId) = (facts.Run.RunId, next);
            response.NextPageToken = token.ToByteString();
        }
        else if (more?.Suffix is { } suffix)
        {
            response.History.Events.AddRange(suffix.Events);
        }

        return response;
    }

    private TimeSpan Wait(ServerCallContext call)
    {
        var most = engine.Services.Options.SoftWait;
        if (LongPoll.Left(call) - TimeSpan.FromSeconds(1) is not { } left)
            return most;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < most ? left : most;
    }

    private static int PageSize(int asked) => asked is <= 0 or > MaxPage ? MaxPage : asked;

    private static HistoryToken? Token(ByteString bytes, string runId)
    {
        if (bytes.IsEmpty)
            return null;
        var token = Tokens.History(bytes);
        if (token.NextEventId < 1 || token.EndEventId < 0 || !Guid.TryParse(token.RunId, out _))
            throw RpcRefusal.InvalidArgument("Invalid NextPageToken.");
        if (runId.Length > 0 && runId != token.RunId)
            throw RpcRefusal.InvalidArgument("RunId in the request does not match the NextPageToken.");
        return token;
    }
}
