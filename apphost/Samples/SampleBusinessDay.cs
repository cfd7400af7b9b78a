namespace Settlement.AppHost.Samples;

/// <summary>A date, as a number of business days from today on the request's first calendar; so a sample fits any day it is run on.</summary>
public sealed record SampleBusinessDay(int BusinessDays);
