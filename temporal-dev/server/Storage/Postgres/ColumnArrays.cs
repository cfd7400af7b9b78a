using Npgsql;
using NpgsqlTypes;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>Adds a statement's parameters: one array for each column, one element for each row.</summary>
internal sealed class ColumnArrays<T>(NpgsqlBatchCommand command, IReadOnlyList<T> rows)
{
    public ColumnArrays<T> Uuid(Func<T, string> value) => Add(NpgsqlDbType.Uuid, r => Guid.ParseExact(value(r), "D"));

    public ColumnArrays<T> Text(Func<T, string?> value) => Add(NpgsqlDbType.Text, value);

    public ColumnArrays<T> Json(Func<T, string> value) => Add(NpgsqlDbType.Jsonb, value);

    public ColumnArrays<T> Bytes(Func<T, byte[]> value) => Add(NpgsqlDbType.Bytea, value);

    public ColumnArrays<T> Long(Func<T, long> value) => Add(NpgsqlDbType.Bigint, value);

    public ColumnArrays<T> LongOrNull(Func<T, long?> value) => Add(NpgsqlDbType.Bigint, value);

    public ColumnArrays<T> Int(Func<T, int> value) => Add(NpgsqlDbType.Integer, value);

    public ColumnArrays<T> Short(Func<T, short> value) => Add(NpgsqlDbType.Smallint, value);

    public ColumnArrays<T> Flag(Func<T, bool> value) => Add(NpgsqlDbType.Boolean, value);

    private ColumnArrays<T> Add<TValue>(NpgsqlDbType type, Func<T, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = column });
        return this;
    }
}
