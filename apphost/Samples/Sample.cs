using System.Text.Json.Serialization;

namespace Settlement.AppHost.Samples;

/// <summary>
/// One settlement, the world it runs in, what people do to it, and how it must end: the content of a file that keeps to
/// <c>samples/settlement-sample.schema.json</c>, which documents every member.
/// </summary>
public sealed record Sample
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Skipped: runs only where a time-skipping server of its own can be started.</summary>
    public SampleTime Time { get; init; } = SampleTime.Real;

    /// <summary>Opened in our books before the request.</summary>
    public required IReadOnlyList<SampleAccount> Accounts { get; init; }

    /// <summary>Opened in the bank's books before the request.</summary>
    public IReadOnlyList<SampleBankAccount> BankAccounts { get; init; } = [];

    public required SampleRequest Request { get; init; }

    /// <summary>Null: the bank accepts, executes and confirms.</summary>
    public SampleBank? Bank { get; init; }

    public IReadOnlyList<SampleAction> Operator { get; init; } = [];

    public required SampleExpectation Expect { get; init; }
}
