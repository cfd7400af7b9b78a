namespace Temporalio.Conformance.Tests.Records;

/// <summary>Names one behaviour of the suite.</summary>
/// <param name="Area">The area's class without its suffix, for example <c>Signal</c>.</param>
/// <param name="Test">The test's method.</param>
public sealed record BehaviourKey(string Area, string Test)
{
    private const string Suffix = "Behaviours";

    /// <summary>The area that a class of behaviours, or an inheritor of one, stands for.</summary>
    public static string AreaOf(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Name.EndsWith(Suffix, StringComparison.Ordinal))
            {
                return candidate.Name[..^Suffix.Length];
            }
        }
        throw new ArgumentException($"{type} is no class of behaviours", nameof(type));
    }

    /// <inheritdoc />
    public override string ToString() => $"{Area}.{Test}";
}
