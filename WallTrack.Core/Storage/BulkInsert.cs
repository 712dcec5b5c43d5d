using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace WallTrack.Storage;

/// <summary>A value for a column of JSON.</summary>
internal sealed record JsonText(string Text);

/// <summary>
/// Many rows into one table, within the context's transaction: a binary COPY to a server, which may be far away; one
/// prepared statement in an embedded file, where there is no way to go.
/// </summary>
internal static class BulkInsert
{
    /// <param name="columns">As the table names them.</param>
    /// <param name="rows">Values in the order of the columns; null for none.</param>
    internal static Task RowsAsync(WallTrackDbContext context, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken cancellation) =>
        context.Database.GetDbConnection() is NpgsqlConnection postgres
            ? CopyAsync(postgres, table, columns, rows, cancellation)
            : InsertAsync(context, table, columns, rows, cancellation);

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            foreach (var value in row)
                await WriteAsync(copy, value, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>The server takes each value as the type that the column has, and converts nothing.</summary>
    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, CancellationToken cancellation) => value switch
    {
        null => copy.WriteNullAsync(cancellation),
        string text => copy.WriteAsync(text, NpgsqlDbType.Text, cancellation),
        JsonText json => copy.WriteAsync(json.Text, NpgsqlDbType.Jsonb, cancellation),
        Guid id => copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellation),
        DateTime instant => copy.WriteAsync(instant, NpgsqlDbType.TimestampTz, cancellation),
        double number => copy.WriteAsync(number, NpgsqlDbType.Double, cancellation),
        int number => copy.WriteAsync(number, NpgsqlDbType.Integer, cancellation),
        long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellation),
        bool truth => copy.WriteAsync(truth, NpgsqlDbType.Boolean, cancellation),
        byte[] bytes => copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellation),
        _ => throw new NotSupportedException($"A {value.GetType()} has no column type here."),
    };

    private static async Task InsertAsync(WallTrackDbContext context, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var insert = context.Database.GetDbConnection().CreateCommand();
        insert.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, place) => $"@p{place}"))})";
        foreach (var row in rows)
        {
            for (var place = 0; place < row.Length; place++)
            {
                var value = row[place] is JsonText json ? json.Text : row[place] ?? DBNull.Value;
                if (insert.Parameters.Count == place)
                    insert.Parameters.Add(Parameter(insert, place));
                insert.Parameters[place].Value = value;
            }

            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static DbParameter Parameter(DbCommand command, int place)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{place}";
        return parameter;
    }
}
