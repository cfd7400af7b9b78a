namespace Temporalio.Client.Schedules;

/// <summary>Starts a workflow.</summary>
/// <param name="Workflow">Type name of the workflow.</param>
public record ScheduleListActionStartWorkflow(string Workflow) : ScheduleListAction;
