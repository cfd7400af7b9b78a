using System.Text.Json.Serialization;

namespace Settlement.AppHost.Samples;

/// <summary>How the API must refuse the request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Problem">Last part of the problem's type.</param>
/// <param name="Place">JSON pointer of a wrong member that the problem must name; null: not looked at.</param>
public sealed record SampleRefusal(int Status, string Problem, [property: JsonPropertyName("pointer")] string? Place = null);
