namespace Settlement.Tests.Runner;

/// <summary>A test that did not pass, with the reason it gave.</summary>
internal sealed record TestNote(string Test, string Reason);
