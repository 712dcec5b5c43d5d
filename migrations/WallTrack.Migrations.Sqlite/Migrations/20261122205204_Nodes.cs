using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WallTrack.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Nodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "busy",
                table: "nodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<double>(
                name: "cpu",
                table: "nodes",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<long>(
                name: "memory_bytes",
                table: "nodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "nodes",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "role",
                table: "nodes",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "server");

            migrationBuilder.AddColumn<long>(
                name: "slices_done",
                table: "nodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "version",
                table: "nodes",
                type: "TEXT",
                maxLength: 50,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropColumn(
                name: "busy",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "cpu",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "memory_bytes",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "note",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "role",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "slices_done",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "version",
                table: "nodes");
        }
    }
}
