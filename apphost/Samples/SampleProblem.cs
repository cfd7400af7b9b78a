namespace Settlement.AppHost.Samples;

/// <summary>A refusal by the API: an RFC 9457 problem document, as far as samples look at it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Last part of the problem's type.</param>
/// <param name="Detail">In words.</param>
/// <param name="Places">JSON pointers of members that it calls wrong.</param>
public sealed record SampleProblem(int Status, string Type, string Detail, IReadOnlyList<string> Places)
{
    public override string ToString() => Detail.Length == 0 ? $"{Status} {Type}" : $"{Status} {Type}: {Detail}";
}
