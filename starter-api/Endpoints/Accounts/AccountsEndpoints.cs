using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>Accounts and their entries, read only.</summary>
public static class AccountsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/accounts").RequireAuthorization(Policies.Read).WithTags("accounts");
        group.MapGet("/nostro", ListAccounts.NostroAsync).WithName("list-nostro").WithSummary("Our accounts at other banks");
        group.MapGet("/vostro", ListAccounts.VostroAsync).WithName("list-vostro").WithSummary("Other banks' accounts with us");
        group.MapGet("/{id}", GetAccount.HandleAsync).WithName("get-account").WithSummary("One account, now or at the end of a value date");
        group.MapGet("/{id}/entries", GetEntries.HandleAsync).WithName("get-entries").WithSummary("Its ledger entries, newest first");
    }
}
