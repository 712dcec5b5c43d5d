using Microsoft.EntityFrameworkCore.Migrations;
using Quartz;

#nullable disable

namespace WallTrack.Migrations.PostgreSql.Migrations
{
    /// <summary>
    /// The tables in which Quartz keeps the jobs of all machines, made from the statements that its package brings. They
    /// create only what is missing: with a later version of Quartz a further migration runs them again.
    /// </summary>
    public partial class Jobs : Migration
    {
        private const string Prefix = "qrtz_";

        internal static IEnumerable<string> Statements
        {
            get
            {
                using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!;
                using var reader = new StreamReader(stream);
                return reader.ReadToEnd().Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", Prefix, StringComparison.Ordinal).Split("\n--;;\n");
            }
        }

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in Statements)
                migrationBuilder.Sql(statement);
        }

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($$"""
                DO $$
                DECLARE name text;
                BEGIN
                    FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE '{{Prefix.Replace("_", @"\_")}}%' LOOP
                        EXECUTE format('DROP TABLE %I CASCADE', name);
                    END LOOP;
                END $$
                """);
    }
}
