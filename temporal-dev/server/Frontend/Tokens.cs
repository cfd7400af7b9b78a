namespace Temporalio.DevServer.Frontend;

/// <summary>Reads and writes what the server gives out and takes back.</summary>
internal static class Tokens
{
    private const string NotOurs = "Error deserializing task token.";

    /// <summary>The token of a workflow task.</summary>
    public static ByteString Of(RunKey run, WorkflowTaskRef task) => new TaskToken
    {
        NamespaceId = run.NamespaceId,
        WorkflowId = run.WorkflowId,
        RunId = run.RunId,
        ScheduledEventId = task.ScheduledEventId,
        StartedEventId = task.StartedEventId,
        Attempt = task.Attempt,
    }.ToByteString();

    /// <summary>The token of an activity task.</summary>
    public static ByteString Of(RunKey run, ActivityRef activity) => new TaskToken
    {
        NamespaceId = run.NamespaceId,
        WorkflowId = run.WorkflowId,
        RunId = run.RunId,
        ScheduledEventId = activity.ScheduledEventId,
        Attempt = activity.Attempt,
        ActivityId = activity.ActivityId ?? "",
        StartedTicks = activity.StartedTicks,
    }.ToByteString();

    /// <summary>The token of a query task.</summary>
    public static ByteString OfQuery(RunKey run, string queryId) =>
        new TaskToken { NamespaceId = run.NamespaceId, WorkflowId = run.WorkflowId, RunId = run.RunId, QueryId = queryId }.ToByteString();

    /// <summary>The token of a task in a namespace.</summary>
    /// <exception cref="RpcRefusal">It is none of ours, or of another namespace.</exception>
    public static TaskToken Task(ByteString token, NamespaceFacts space)
    {
        if (token.IsEmpty)
            throw RpcRefusal.InvalidArgument("Task token not set on request.");
        var parsed = Parse(token, TaskToken.Parser, NotOurs);
        if (!StoreTransactionCheck.IsKey(Run(parsed)))
            throw RpcRefusal.InvalidArgument(NotOurs);
        return parsed.NamespaceId == space.Id ? parsed : throw RpcRefusal.InvalidArgument("Operation requested with a token from a different namespace.");
    }

    public static RunKey Run(TaskToken token) => new(token.NamespaceId, token.WorkflowId, token.RunId);

    public static WorkflowTaskRef WorkflowTask(TaskToken token) => new(token.ScheduledEventId, token.StartedEventId, token.Attempt);

    public static ActivityRef Activity(TaskToken token) =>
        new(token.ActivityId.Length == 0 ? null : token.ActivityId, token.ScheduledEventId, token.Attempt, token.StartedTicks);

    /// <summary>Where reading a history goes on.</summary>
    public static HistoryToken History(ByteString token) => Parse(token, HistoryToken.Parser, "Invalid NextPageToken.");

    private static T Parse<T>(ByteString token, MessageParser<T> parser, string refusal)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(token);
        }
        catch (InvalidProtocolBufferException)
        {
            throw RpcRefusal.InvalidArgument(refusal);
        }
    }
}
