namespace Temporalio.DevServer.Executions;

/// <summary>Everything a transition may know that is not the run's own: it reads no clock and no random source by itself.</summary>
/// <param name="Now">The time of the transition (UTC); never earlier than the run's last one.</param>
/// <param name="Ids">Fresh names.</param>
/// <param name="Limits">What is refused.</param>
/// <param name="Namespace">The run's namespace.</param>
internal sealed record TransitionContext(DateTimeOffset Now, IIds Ids, Limits Limits, NamespaceFacts Namespace);
