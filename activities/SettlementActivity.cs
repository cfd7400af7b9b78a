using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Settlement.Activities.Failures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities;

/// <summary>
/// What all activities of a settlement share: one transaction per step, keyed so that a repeat gets the first result, and
/// failures translated once. A business refusal or a failure that repeating cannot cure is not retried by Temporal; the
/// workflow calls a person instead.
/// </summary>
public abstract class SettlementActivity(StepRunner steps)
{
    /// <summary>The token of the activity; none outside of a worker.</summary>
    protected static CancellationToken Cancellation =>
        ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    /// <summary>Runs a step of the attempt, or gives its stored answer.</summary>
    protected Task<StepResult<T>> StepAsync<T>(StepInput input, StepName step, Func<StepContext, Task<T>> body) =>
        Refusals.GuardAsync(() => steps.RunAsync(new StepKey(input.SettlementId, input.Attempt, step), input.AsOf, body, Cancellation));

    /// <summary>Runs a step of the attempt that answers nothing.</summary>
    protected Task StepAsync(StepInput input, StepName step, Func<StepContext, Task> body) =>
        StepAsync(input, step, async context =>
        {
            await body(context);
            return true;
        });

    /// <summary>Runs an action that belongs to no attempt, once for its name.</summary>
    protected Task<StepResult<T>> PerformAsync<T>(StepInput input, StepName actionName, Func<StepContext, Task<T>> body) =>
        Refusals.GuardAsync(() => steps.RunActionAsync(input.SettlementId, actionName, input.AsOf, body, Cancellation));
}

/// <summary>Step names that hold what others chose: a request id, a message id.</summary>
internal static class StepNames
{
    private const int HashLength = 24;

    /// <summary>For example <c>operator:retry:5f…</c>: the foreign part as a hash, because a step name takes few characters.</summary>
    public static StepName Of(StepName name, string qualifier, string foreign) => name.With(qualifier, Hash(foreign));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}

/// <summary>Evidence and events as JSON: snake_case, nulls left out.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
