namespace Settlement.StarterApi.Endpoints.Banks;

/// <summary>What banks push to us. The signature is the caller's identity.</summary>
public static class BankEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/banks/{bank}/messages", ReceiveBankMessage.HandleAsync)
            .AllowAnonymous()
            .Accepts<BankMessageBody>("application/json")
            .WithName("bank-message").WithTags("banks")
            .WithSummary("A bank's signed message about a payment");
}
