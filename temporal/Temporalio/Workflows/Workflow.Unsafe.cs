namespace Temporalio.Workflows;

/// <content>
/// What breaks replay unless used with great care.
/// </content>
public static partial class Workflow
{
    /// <summary>
    /// What breaks replay unless used with great care.
    /// </summary>
    public static class Unsafe
    {
        /// <summary>Gets a value indicating whether the workflow is being replayed.</summary>
        public static bool IsReplaying => Context.IsReplaying;

        /// <summary>
        /// Gets a value indicating whether recorded events are being applied. Unlike <see cref="IsReplaying"/>, false in
        /// queries and update validators.
        /// </summary>
        public static bool IsReplayingHistoryEvents => Context.IsReplayingHistoryEvents;

        /// <summary>Runs a function without the check for work that leaves the workflow's scheduler.</summary>
        /// <typeparam name="T">Result type.</typeparam>
        /// <param name="fn">Function; neither asynchronous nor waiting for anything of the workflow's.</param>
        /// <returns>The function's result.</returns>
        public static T WithTracingEventListenerDisabled<T>(Func<T> fn) => Context.WithTracingEventListenerDisabled(fn);

        /// <summary>Runs an action without the check for work that leaves the workflow's scheduler.</summary>
        /// <param name="fn">Action; neither asynchronous nor waiting for anything of the workflow's.</param>
        public static void WithTracingEventListenerDisabled(Action fn) =>
            Context.WithTracingEventListenerDisabled(() =>
            {
                fn();
                return default(ValueTuple);
            });
    }
}
