using System.Diagnostics.CodeAnalysis;

namespace Settlement.Activities.Banks;

/// <summary>The banks that this installation talks to, by name.</summary>
public interface IBankDirectory
{
    /// <summary>The client of a bank; false if none is configured under that name (case does not matter).</summary>
    bool TryGet(string bank, [NotNullWhen(true)] out IBankClient? client);
}
