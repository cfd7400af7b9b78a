namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>One action, done to two equal things: to one from the API, to the other from the command line.</summary>
/// <param name="Api">What it left behind, done from the API.</param>
/// <param name="CommandLine">What it left behind, done from the command line.</param>
/// <param name="Answers">What each door answered.</param>
/// <param name="HadEffect">Whether both came to what the action is for.</param>
internal sealed record PlayedAction(ActionTrace Api, ActionTrace CommandLine, string Answers, bool HadEffect);
