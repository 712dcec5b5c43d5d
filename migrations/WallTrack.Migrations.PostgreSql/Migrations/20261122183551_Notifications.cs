using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WallTrack.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "deliver_at",
                table: "notifications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delivery_attempts",
                table: "notifications",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                table: "notifications",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_notifications_deliver_at",
                table: "notifications",
                column: "deliver_at",
                filter: "deliver_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_notifications_deliver_at",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "deliver_at",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "delivery_attempts",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "delivery_error",
                table: "notifications");
        }
    }
}
