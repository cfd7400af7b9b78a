namespace Settlement.StarterApi.Problems;

/// <summary>One kind of refusal. Clients branch on <see cref="Uri"/>, which never changes once published; titles may be reworded.</summary>
/// <param name="Name">Last part of the stable identifier, kebab-case.</param>
/// <param name="Status">HTTP status that always goes with this kind.</param>
/// <param name="Title">Short human summary, the same for every occurrence (RFC 9457 section 3.1.3).</param>
public sealed record ProblemType(string Name, int Status, string Title)
{
    /// <summary>The <c>type</c> member of the problem document. A URN, because it names and does not locate.</summary>
    public string Uri => "urn:settlement:problem:" + Name;
}
