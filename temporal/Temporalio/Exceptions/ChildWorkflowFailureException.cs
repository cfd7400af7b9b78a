using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>Thrown in a workflow when one of its children failed; the cause is the inner exception.</summary>
public class ChildWorkflowFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with child workflow failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal ChildWorkflowFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ChildWorkflowExecutionFailureInfo is null)
        {
            throw new ArgumentException("Failure has no child workflow failure info", nameof(failure));
        }
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Namespace of the child.</summary>
    public string Namespace => Failure.ChildWorkflowExecutionFailureInfo.Namespace;

    /// <summary>Workflow id of the child.</summary>
    public string WorkflowId => Failure.ChildWorkflowExecutionFailureInfo.WorkflowExecution.WorkflowId;

    /// <summary>Run id of the child.</summary>
    public string RunId => Failure.ChildWorkflowExecutionFailureInfo.WorkflowExecution.RunId;

    /// <summary>Type name of the child.</summary>
    public string WorkflowType => Failure.ChildWorkflowExecutionFailureInfo.WorkflowType.Name;

    /// <summary>Why the server stopped retrying.</summary>
    public RetryState RetryState => Failure.ChildWorkflowExecutionFailureInfo.RetryState;
}
