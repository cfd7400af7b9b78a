using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Workflows;

/// <summary>
/// Thrown out of a workflow to end its run and go on as a new one. Made by
/// <see cref="Workflow.CreateContinueAsNewException(string, IReadOnlyCollection{object?}, ContinueAsNewOptions?)"/>.
/// </summary>
public class ContinueAsNewException : TemporalException
{
    /// <summary>Initializes a new instance of the <see cref="ContinueAsNewException"/> class.</summary>
    /// <param name="input">What to continue with.</param>
    internal ContinueAsNewException(CreateContinueAsNewExceptionInput input)
        : base("Continue as new") => Input = input;

    /// <summary>Gets what to continue with.</summary>
    public CreateContinueAsNewExceptionInput Input { get; }
}
