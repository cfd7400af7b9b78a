using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Settlement.Domain;

namespace Settlement.Drills.Environments;

/// <summary>Brings the API a message of the bank that the drill wants to come now, signed as the bank signs it.</summary>
internal static class BankCourier
{
    /// <summary>The bank says (pacs.002, ACSC) that it has executed this payment.</summary>
    /// <returns>The API's HTTP status.</returns>
    public static async Task<int> ConfirmAsync(PrivateEnvironment environment, string uetr, string reference, string amount, string currency, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["message_id"] = "LATE-" + uetr[..8],
            ["message_type"] = "pacs.002",
            ["uetr"] = uetr,
            ["end_to_end_id"] = reference,
            ["status"] = "ACSC",
            ["booked_amount"] = amount,
            ["currency"] = currency,
            ["occurred_at"] = DateTimeOffset.UtcNow.ToString("O"),
            ["bank"] = PrivateEnvironment.BankName,
        }.ToJsonString());
        using var http = new HttpClient { BaseAddress = environment.Api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/banks/{PrivateEnvironment.BankName}/messages") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(BankMessageSignature.HeaderName, BankMessageSignature.Sign(body, environment.Environment.Secrets.BankMessageSecret, DateTimeOffset.UtcNow));
        using var response = await http.SendAsync(request, cancellationToken);
        return (int)response.StatusCode;
    }
}
