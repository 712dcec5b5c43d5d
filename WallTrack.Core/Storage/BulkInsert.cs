using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace WallTrack.Storage;

/// <summary>
/// Many rows into one table, within the context's transaction: one prepared statement for all of them, sent in batches
/// where the product can (a server far away), one by one where there is no way to go (an embedded file).
/// </summary>
internal static class BulkInsert
{
    private const int RowsABatch = 1_000;

    /// <param name="columns">As the table names them.</param>
    /// <param name="rows">Values in the order of the columns; null for none.</param>
    internal static async Task RowsAsync(WallTrackDbContext context, string table, string[] columns, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var connection = context.Database.GetDbConnection();
        var transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        if (connection.CanCreateBatch)
        {
            // $1, $2 … : positional parameters, which a batch shares a plan for
            var sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, place) => $"${place + 1}"))})";
            foreach (var lot in rows.Chunk(RowsABatch))
            {
                await using var batch = connection.CreateBatch();
                batch.Transaction = transaction;
                foreach (var row in lot)
                {
                    var command = batch.CreateBatchCommand();
                    command.CommandText = sql;
                    Array.ForEach(row, value => Add(command.Parameters, command.CreateParameter(), value));
                    batch.BatchCommands.Add(command);
                }

                await batch.ExecuteNonQueryAsync(cancellation);
            }

            return;
        }

        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, place) => $"@p{place}"))})";
        foreach (var row in rows)
        {
            for (var place = 0; place < row.Length; place++)
            {
                if (insert.Parameters.Count == place)
                {
                    Add(insert.Parameters, insert.CreateParameter(), row[place]);
                    insert.Parameters[place].ParameterName = $"@p{place}";
                }
                else
                {
                    insert.Parameters[place].Value = row[place] ?? DBNull.Value;
                }
            }

            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static void Add(DbParameterCollection parameters, DbParameter parameter, object? value)
    {
        parameter.Value = value ?? DBNull.Value;
        parameters.Add(parameter);
    }
}
