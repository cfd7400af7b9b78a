namespace Settlement.AppHost.Samples;

/// <summary>A folder of samples was refused. Nothing of it was run.</summary>
public sealed class SampleFormatException(IReadOnlyList<SampleFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>All faults of all files, in the order of files; at least one.</summary>
    public IReadOnlyList<SampleFault> Faults { get; } = faults;
}
