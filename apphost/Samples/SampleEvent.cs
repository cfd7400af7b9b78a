namespace Settlement.AppHost.Samples;

/// <summary>Something that happened during a run, for whoever watches.</summary>
/// <param name="Sample">Which sample.</param>
/// <param name="Elapsed">Since the sample began.</param>
/// <param name="Text">For people: a state, or what an operator did.</param>
public sealed record SampleEvent(string Sample, TimeSpan Elapsed, string Text);
