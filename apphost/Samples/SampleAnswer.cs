namespace Settlement.AppHost.Samples;

/// <summary>How an operator's actionion is expected to be answered.</summary>
public enum SampleAnswer
{
    Accepted,
    Refused,
}
