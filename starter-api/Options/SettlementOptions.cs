using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Options;

/// <summary>What a new settlement gets when its request does not say. Recorded with the settlement; later changes do not touch it.</summary>
public sealed class SettlementOptions
{
    public const string SectionName = "Settlement";

    /// <summary>Section <c>Settlement:Timings</c>, and the SETTLEMENT_* environment names (see <see cref="ApiOptions.EnvironmentNames"/>).</summary>
    public SettlementTimings Timings { get; set; } = new();

    /// <summary>Whether a request may carry its own timeouts.</summary>
    public bool AllowRequestTimeouts { get; set; } = true;

    /// <summary>Rail by currency, for requests that name none. The calendar is the rail's own unless the request names more.</summary>
    public Dictionary<string, string> DefaultRails { get; } = new(StringComparer.Ordinal)
    {
        ["EUR"] = "T2",
        ["USD"] = "FEDWIRE",
        ["GBP"] = "CHAPS",
        ["SAR"] = "SARIE",
    };
}
