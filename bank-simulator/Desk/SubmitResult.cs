using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Desk;

/// <summary>What became of an instruction.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>In the books; <paramref name="Answer"/> is how the caller is to hear of it.</summary>
    public sealed record Booked(PaymentReport Report, ScriptedAnswer Answer) : SubmitResult;

    /// <summary>The UETR is taken by another instruction.</summary>
    public sealed record Conflict : SubmitResult;

    /// <summary>Not in the books and never will be by this call; HTTP 503.</summary>
    public sealed record Refused(string Reason) : SubmitResult;

    /// <summary>Not in the books, and the caller hears nothing.</summary>
    public sealed record Swallowed : SubmitResult;
}
