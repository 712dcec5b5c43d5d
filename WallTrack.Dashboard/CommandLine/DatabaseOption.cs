using System.CommandLine;
using WallTrack.Storage;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>--database</c>, which every verb takes.</summary>
internal static class DatabaseOption
{
    public static Option<string?> Create() => Arguments.Text("--database", "CONNECTION",
        "An ADO connection string: a SQLite file (\"Data Source=walltrack.db\") or PostgreSQL (\"Host=…;Database=…\"). A SQLite file in your local application data when not given.");

    /// <exception cref="RefusedException">It names no database that can be reached.</exception>
    public static async Task<Database> OpenAsync(string? connectionString, CancellationToken cancellation)
    {
        Database database;
        try
        {
            database = Database.Of(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new RefusedException(exception.Message);
        }

        try
        {
            await database.SetUpAsync(cancellation);
            return database;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The database {database.Name} cannot be opened: {exception.Message}");
        }
    }
}
