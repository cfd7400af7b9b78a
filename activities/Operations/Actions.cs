using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>What the activities of operators' actions share.</summary>
internal static class Actions
{
    /// <summary>The token of the activity; none outside of a worker.</summary>
    public static CancellationToken Cancellation =>
        ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    /// <summary>The action as the database keeps it. Whether it came from the API or the command line is no part of what was asked.</summary>
    public static RecordedAction Of<TAction>(string name, TAction action, Actor actor, DateTimeOffset asOf)
        where TAction : OperatorAction =>
        new(name, action.RequestId, actor, action.Reason, JsonSerializer.Serialize(action with { Source = null, Signature = null }), asOf);
}
