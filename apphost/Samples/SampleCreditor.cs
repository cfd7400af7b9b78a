namespace Settlement.AppHost.Samples;

/// <summary>The receiving side. <paramref name="Account"/> gets the run's suffix; a null <paramref name="Bank"/> is the run's bank.</summary>
public sealed record SampleCreditor(string Account, string Name, string? Bank = null, string? Bic = null, string? Country = null);
