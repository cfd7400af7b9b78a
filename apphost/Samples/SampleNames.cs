using System.Security.Cryptography;

namespace Settlement.AppHost.Samples;

/// <summary>Makes the names of a file unique for one run, so that samples can be run again on books that remember.</summary>
public sealed class SampleNames
{
    private const int SuffixLength = 8;
    private readonly string suffix = RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTVWXYZ0123456789", SuffixLength);

    /// <summary>The account number, trade id or key that stands for a name of the file.</summary>
    public string Of(string id) => $"{id}-{suffix}";
}
