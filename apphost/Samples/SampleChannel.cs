namespace Settlement.AppHost.Samples;

/// <summary>By which way an operator's word travels.</summary>
public enum SampleChannel
{
    /// <summary>The starter API.</summary>
    Api,

    /// <summary>A workflow update straight to Temporal, as <c>temporal workflow update execute</c> sends it.</summary>
    Workflow,
}
