namespace Temporalio.DevServer.Executions;

/// <summary>What came of asking for an update.</summary>
/// <param name="Progress">How far it is: an update id that is known joins the update of that id.</param>
/// <param name="IsNew">Whether it was not known before.</param>
internal sealed record AdmittedUpdate(UpdateProgress Progress, bool IsNew);
