using Microsoft.AspNetCore.Mvc;
using WallTrack.Dashboard.History;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Scenarios as JSON files: one, the chosen ones, or those that a filter leaves.</summary>
internal static class ScenarioExport
{
    /// <summary>Takes the chosen ids in a posted form: thousands of them would not fit into an address.</summary>
    public const string Chosen = "/scenarios/export.json";

    public static string AddressOf(Guid id) => $"/scenarios/{id}/export.json";

    public static string AddressOf(ScenarioFilter filter) => filter.AddressOf(Chosen);

    public static void MapScenarioExport(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scenarios/{id:guid}/export.json", async (Guid id, ScenarioCatalogue catalogue, CancellationToken cancellation) =>
            await catalogue.OpenAsync(id, cancellation) is { } stored
                ? File(ScenarioJson.Write(stored.Scenario), $"{UploadedFile.HarmlessName(stored.Scenario.Name)}.json")
                : Results.NotFound());
        routes.MapGet(Chosen, async (string? q, string? category, string? tag, ScenarioCatalogue catalogue, CancellationToken cancellation) =>
            File(ScenarioFilter.Of(q, category, tag).Of(await catalogue.ListAsync(cancellation))));

        // It reads and changes nothing, so a page elsewhere that posts to it gains nothing: no antiforgery token.
        routes.MapPost(Chosen, async ([FromForm] string ids, ScenarioCatalogue catalogue, CancellationToken cancellation) =>
        {
            var chosen = ids.Split(',').Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).ToHashSet();
            return File((await catalogue.ListAsync(cancellation)).Where(scenario => chosen.Contains(scenario.Id)));
        }).DisableAntiforgery();
    }

    private static IResult File(IEnumerable<Scenario> scenarios) => File(ScenarioJson.Write(scenarios), "scenarios.json");

    private static IResult File(string json, string name) => Results.File(System.Text.Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8", name);
}
