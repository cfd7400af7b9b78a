using System.Text.Json;

namespace Settlement.AppHost.Samples;

/// <summary>The bank's script for payments to the creditor account, handed to the simulator as it is; the schema lists its members.</summary>
public sealed record SampleBank(JsonElement Steps);
