namespace Temporalio.DevServer.Cli;

/// <summary>How much <c>temporal-dev load</c> writes.</summary>
/// <param name="Closed">Runs that have ended.</param>
/// <param name="Waiting">Runs that wait on a timer.</param>
internal sealed record LoadSizes(int Closed, int Waiting);
