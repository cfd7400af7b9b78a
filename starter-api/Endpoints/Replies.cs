using System.Globalization;

namespace Settlement.StarterApi.Endpoints;

/// <summary>A list, or one page of it.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="NextCursor">Hand it in as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record ListReply<T>(IReadOnlyList<T> Data, string? NextCursor = null);

/// <summary>What the lists of all resources answer alike.</summary>
public static class Replies
{
    /// <summary>All rows there are.</summary>
    public static Ok<ListReply<T>> All<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> show) => TypedResults.Ok(new ListReply<T>([.. rows.Select(show)]));

    /// <summary>One page; a cursor that the list has not given is refused.</summary>
    public static Task<Results<Ok<ListReply<T>>, ApiProblem>> PageAsync<TRow, T>(Task<Page<TRow>> reading, Func<TRow, T> show) =>
        PageAsync(reading, page => new ListReply<T>([.. page.Items.Select(show)], page.NextCursor));

    /// <summary>One page in a form of its own.</summary>
    public static async Task<Results<Ok<TReply>, ApiProblem>> PageAsync<TRow, TReply>(Task<Page<TRow>> reading, Func<Page<TRow>, TReply> reply)
    {
        try
        {
            return TypedResults.Ok(reply(await reading));
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.InvalidRequest)
        {
            return new ApiProblem(ProblemTypes.MalformedRequest, errors: [new FieldError("query:cursor", refused.Message)]);
        }
    }
}

/// <summary>Numbers of the database as the interface shows them: exact decimal strings.</summary>
public static class MoneyText
{
    /// <summary>Minor units as a decimal string in major units, with all decimals of the currency.</summary>
    public static string Of(long minor, string currency) => new Money(minor, Currency.Of(currency)).ToDecimalString();

    /// <summary>A quantity or price without trailing zeros.</summary>
    public static string? Of(decimal? value) => value?.ToString("0.########", CultureInfo.InvariantCulture);
}
