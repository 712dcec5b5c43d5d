using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WallTrack.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Batches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "batch_backtests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    scenario_ids = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    start_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    end_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    max_workers = table.Column<int>(type: "integer", nullable: false),
                    sol_usd = table.Column<double>(type: "double precision", nullable: true),
                    history_fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    engine_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    signal_count = table.Column<int>(type: "integer", nullable: false),
                    token_count = table.Column<int>(type: "integer", nullable: false),
                    keeps_series = table.Column<bool>(type: "boolean", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    intent = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    completed = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    claimed = table.Column<int>(type: "integer", nullable: false),
                    work_seconds = table.Column<double>(type: "double precision", nullable: false),
                    ran_seconds = table.Column<double>(type: "double precision", nullable: false),
                    running_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    best_position = table.Column<int>(type: "integer", nullable: true),
                    best_name = table.Column<string>(type: "text", nullable: true),
                    best_pnl_sol = table.Column<double>(type: "double precision", nullable: true),
                    summary = table.Column<string>(type: "jsonb", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_backtests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    engine_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    cores = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    beat = table.Column<long>(type: "bigint", nullable: false),
                    beat_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    is_bad = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "backtest_results",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    scenario_id = table.Column<Guid>(type: "uuid", nullable: false),
                    scenario_name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    metrics = table.Column<string>(type: "jsonb", nullable: true),
                    skipped = table.Column<string>(type: "jsonb", nullable: true),
                    parameters = table.Column<string>(type: "jsonb", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    series_place = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backtest_results", x => x.id);
                    table.ForeignKey(
                        name: "FK_backtest_results_batch_backtests_batch_id",
                        column: x => x.batch_id,
                        principalTable: "batch_backtests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "batch_scenarios",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_position = table.Column<int>(type: "integer", nullable: false),
                    scenario_count = table.Column<int>(type: "integer", nullable: false),
                    data = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_scenarios", x => new { x.batch_id, x.first_position });
                    table.ForeignKey(
                        name: "FK_batch_scenarios_batch_backtests_batch_id",
                        column: x => x.batch_id,
                        principalTable: "batch_backtests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "batch_slices",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_position = table.Column<int>(type: "integer", nullable: false),
                    scenario_count = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    token = table.Column<Guid>(type: "uuid", nullable: true),
                    node_id = table.Column<Guid>(type: "uuid", nullable: true),
                    slot = table.Column<int>(type: "integer", nullable: true),
                    deaths = table.Column<int>(type: "integer", nullable: false),
                    completed = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    work_seconds = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_slices", x => new { x.batch_id, x.first_position });
                    table.ForeignKey(
                        name: "FK_batch_slices_batch_backtests_batch_id",
                        column: x => x.batch_id,
                        principalTable: "batch_backtests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "result_figures",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    result_id = table.Column<Guid>(type: "uuid", nullable: false),
                    scenario_name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    average_hold_hours = table.Column<double>(type: "double precision", nullable: true),
                    average_loss_sol = table.Column<double>(type: "double precision", nullable: true),
                    average_win_sol = table.Column<double>(type: "double precision", nullable: true),
                    calmar_ratio = table.Column<double>(type: "double precision", nullable: true),
                    expectancy_sol = table.Column<double>(type: "double precision", nullable: true),
                    exposure = table.Column<double>(type: "double precision", nullable: true),
                    fees_sol = table.Column<double>(type: "double precision", nullable: true),
                    largest_loss_sol = table.Column<double>(type: "double precision", nullable: true),
                    largest_win_sol = table.Column<double>(type: "double precision", nullable: true),
                    losing_trades = table.Column<double>(type: "double precision", nullable: true),
                    max_drawdown = table.Column<double>(type: "double precision", nullable: true),
                    max_drawdown_hours = table.Column<double>(type: "double precision", nullable: true),
                    profit_factor = table.Column<double>(type: "double precision", nullable: true),
                    sharpe_ratio = table.Column<double>(type: "double precision", nullable: true),
                    sortino_ratio = table.Column<double>(type: "double precision", nullable: true),
                    total_pnl_sol = table.Column<double>(type: "double precision", nullable: true),
                    total_return = table.Column<double>(type: "double precision", nullable: true),
                    total_trades = table.Column<double>(type: "double precision", nullable: true),
                    win_rate = table.Column<double>(type: "double precision", nullable: true),
                    winning_trades = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_result_figures", x => new { x.batch_id, x.position });
                    table.ForeignKey(
                        name: "FK_result_figures_batch_backtests_batch_id",
                        column: x => x.batch_id,
                        principalTable: "batch_backtests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "result_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_result_series", x => x.id);
                    table.ForeignKey(
                        name: "FK_result_series_batch_backtests_batch_id",
                        column: x => x.batch_id,
                        principalTable: "batch_backtests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_backtest_results_batch_id_position",
                table: "backtest_results",
                columns: new[] { "batch_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_backtest_results_scenario_id",
                table: "backtest_results",
                column: "scenario_id");

            migrationBuilder.CreateIndex(
                name: "IX_batch_backtests_created_at",
                table: "batch_backtests",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_batch_backtests_status",
                table: "batch_backtests",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "IX_batch_slices_batch_id_slot",
                table: "batch_slices",
                columns: new[] { "batch_id", "slot" },
                unique: true,
                filter: "state = 'claimed'");

            migrationBuilder.CreateIndex(
                name: "IX_batch_slices_batch_id_state_deaths_first_position",
                table: "batch_slices",
                columns: new[] { "batch_id", "state", "deaths", "first_position" });

            migrationBuilder.CreateIndex(
                name: "IX_batch_slices_node_id",
                table: "batch_slices",
                column: "node_id",
                filter: "state = 'claimed'");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_batch_id",
                table: "notifications",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_created_at",
                table: "notifications",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_result_series_batch_id",
                table: "result_series",
                column: "batch_id");
            // These are compressed already: the server need not try again.
            migrationBuilder.Sql("ALTER TABLE result_series ALTER COLUMN data SET STORAGE EXTERNAL");
            migrationBuilder.Sql("ALTER TABLE batch_scenarios ALTER COLUMN data SET STORAGE EXTERNAL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "backtest_results");

            migrationBuilder.DropTable(
                name: "batch_scenarios");

            migrationBuilder.DropTable(
                name: "batch_slices");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "result_figures");

            migrationBuilder.DropTable(
                name: "result_series");

            migrationBuilder.DropTable(
                name: "batch_backtests");
        }
    }
}
