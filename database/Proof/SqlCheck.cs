using Npgsql;

namespace Settlement.Database.Proof;

/// <summary>A check that is one query: each row it returns (one text column) is the evidence of one breach.</summary>
internal sealed record SqlCheck(int Invariant, string What, string Query)
{
    public Task<List<Breach>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Sql.ListAsync(connection, Sql.Command($"{Query} LIMIT {BooksProver.MaxPerCheck}"), row => new Breach(Invariant, What, row.GetString(0)), cancellationToken);
}
