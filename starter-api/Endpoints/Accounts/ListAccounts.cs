using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>GET /api/v1/accounts/nostro and /vostro.</summary>
public static class ListAccounts
{
    public static async Task<Ok<ListReply<AccountReply>>> NostroAsync(CurrentUser user, AccountReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        return Reply(await reader.NostroAsync(new ReadScope(user.ReadScope), cancel));
    }

    public static async Task<Ok<ListReply<AccountReply>>> VostroAsync(CurrentUser user, AccountReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        return Reply(await reader.VostroAsync(new ReadScope(user.ReadScope), cancel));
    }

    private static Ok<ListReply<AccountReply>> Reply(List<AccountBalance> accounts) =>
        TypedResults.Ok(new ListReply<AccountReply>(accounts.ConvertAll(AccountReply.Of)));
}
