using System.Security.Cryptography;
using System.Text;
using Settlement.Domain;

namespace Settlement.Activities;

/// <summary>Step names that hold what others chose: a request id, a message id.</summary>
internal static class StepNames
{
    private const int HashLength = 24;

    /// <summary>For example <c>operator:retry:5f…</c>: the foreign part as a hash, because a step name takes few characters.</summary>
    public static StepName Of(StepName name, string qualifier, string foreign) => name.With(qualifier, Hash(foreign));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
