using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A command that history has not recorded yet.
/// </summary>
/// <param name="Command">Command to send.</param>
/// <param name="Machine">Machine that receives the recording event.</param>
internal readonly record struct PendingCommand(Command Command, CommandMachine Machine);
