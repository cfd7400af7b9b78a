namespace Settlement.AppHost.Samples;

/// <summary>How an operator's act is expected to be answered.</summary>
public enum SampleAnswer
{
    Accepted,
    Refused,
}
