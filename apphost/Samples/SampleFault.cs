namespace Settlement.AppHost.Samples;

/// <summary>One reason why a file is no sample.</summary>
/// <param name="File">File name.</param>
/// <param name="Path">JSON path of the member, <c>$</c> for the whole.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record SampleFault(string File, string Path, string Reason)
{
    public override string ToString() => $"{File}: {Path}: {Reason}";
}
