namespace Temporalio.Client.Schedules;

/// <summary>An action that was taken: so far always <see cref="ScheduleActionExecutionStartWorkflow"/>.</summary>
public abstract record ScheduleActionExecution;
