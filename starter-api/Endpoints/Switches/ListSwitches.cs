using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>GET /api/v1/switches: the five general ones always, and every scope that was ever touched.</summary>
public static class ListSwitches
{
    public static async Task<Ok<ListReply<SwitchReply>>> HandleAsync(SwitchBoard board, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(board);
        var known = (await board.ListAsync(cancel)).ToDictionary(one => one.Name, StringComparer.Ordinal);
        var names = SwitchName.All.Concat(known.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return TypedResults.Ok(new ListReply<SwitchReply>([.. names.Select(name => Reply(name, known.GetValueOrDefault(name)))], null));
    }

    private static SwitchReply Reply(string name, KillSwitch? one) => new()
    {
        Name = name,
        Stopped = one?.Stopped ?? false,
        Reason = one?.Reason,
        ChangedBy = one?.ChangedBy,
        Source = one is null ? null : UpperSnake.Lower(one.ChangedSource),
        ChangedAt = one?.ChangedAsOf,
    };
}
