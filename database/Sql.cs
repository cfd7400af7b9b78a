using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database;

/// <summary>Short ways to positional commands. A null needs its type stated.</summary>
internal static class Sql
{
    /// <summary>A batch command with positional parameters; values are inferred by type, parameters are taken as they are.</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>A text parameter that may be null.</summary>
    public static NpgsqlParameter Text(string? value) => Typed(value, NpgsqlDbType.Text);

    /// <summary>A jsonb parameter that may be null.</summary>
    public static NpgsqlParameter Jsonb(string? value) => Typed(value, NpgsqlDbType.Jsonb);

    /// <summary>A json parameter.</summary>
    public static NpgsqlParameter Json(string value) => Typed(value, NpgsqlDbType.Json);

    /// <summary>A parameter of a stated type that may be null.</summary>
    public static NpgsqlParameter Typed(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>Runs one command on a connection (and the transaction it is in).</summary>
    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows of one command.</summary>
    public static async Task<List<T>> ListAsync<T>(
        NpgsqlConnection connection, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }
}

/// <summary>Bounds texts that come from outside to their column.</summary>
internal static class Text
{
    /// <summary>The text cut to a length, never between the two halves of a character.</summary>
    public static string? Clip(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength)
            return text;
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..end];
    }
}
