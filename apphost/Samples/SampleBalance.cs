namespace Settlement.AppHost.Samples;

/// <summary>What an account of the file must show at the end; decimal strings in major units.</summary>
public sealed record SampleBalance(string Account, string Posted, string Held);
