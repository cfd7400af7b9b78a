namespace Temporalio.Worker;

/// <summary>
/// Whether a worker can say where its workflows wait (query <c>__stack_trace</c>).
/// </summary>
public enum WorkflowStackTrace
{
    /// <summary>It cannot; the query fails. Costs nothing.</summary>
    None,

    /// <summary>It can, with files and lines.</summary>
    Normal,

    /// <summary>It can, without files and lines.</summary>
    WithoutFileInfo,
}
