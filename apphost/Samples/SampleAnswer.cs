namespace Settlement.AppHost.Samples;

/// <summary>How an operator's action is expected to be answered.</summary>
public enum SampleAnswer
{
    Accepted,
    Refused,
}
