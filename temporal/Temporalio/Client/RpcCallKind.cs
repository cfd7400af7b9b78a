namespace Temporalio.Client;

/// <summary>What a call waits for; decides its default timeout and which failures are repeated.</summary>
internal enum RpcCallKind
{
    /// <summary>Answered at once.</summary>
    Normal,

    /// <summary>A caller waits for history or an update; the server may hold the answer back.</summary>
    UserLongPoll,

    /// <summary>A worker waits for a task; there is nothing else to do but ask again.</summary>
    TaskLongPoll,
}
