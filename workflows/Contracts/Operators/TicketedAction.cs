using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>An action that needs a second person, proven by a one-time ticket that the API issued to that person.</summary>
public record TicketedAction : OperatorAction
{
    public const int MaxTicketLength = 200;

    [JsonPropertyName("ticket")]
    public string Ticket { get; init; } = "";
}
