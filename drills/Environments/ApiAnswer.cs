using System.Net;
using System.Text.Json;

namespace Settlement.Drills.Environments;

/// <summary>What the API answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON, or null where there was none.</param>
/// <param name="Text">The body as it came.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement? Body, string Text)
{
    public bool Taken => (int)Status is >= 200 and < 300;

    /// <summary>Nothing can be concluded: somebody was down, or too busy. The same call may be made again.</summary>
    public bool MayBeRepeated =>
        Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        || (Status == HttpStatusCode.Conflict && Type == "in-progress");

    /// <summary>The last word of the problem's type, or an empty text.</summary>
    public string Type => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("type", out var type) && type.GetString() is { } text
        ? text[(text.LastIndexOfAny(['/', ':']) + 1)..]
        : "";

    public string Member(string name) => Body!.Value.GetProperty(name).ToString();
}
