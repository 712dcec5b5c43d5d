using WallTrack.Scenarios;
using WallTrack.Tests.Scenarios;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.Storage;

/// <summary>The stored catalogue keeps its promises on both products.</summary>
public sealed class ScenarioCatalogueTests(PostgreSqlServer server)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly FakeTime _time = new();

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Presets_come_first_and_stored_scenarios_by_name_whatever_their_case(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        Assert.Equal(Presets.All, await catalogue.ListAsync());

        foreach (var name in new[] { "zebra", "Ant", "bee", "Zoo" })
            await catalogue.SaveAsync(Named(name));

        Assert.Equal([.. Presets.All.Select(preset => preset.Name), "Ant", "bee", "zebra", "Zoo"], (await catalogue.ListAsync()).Select(scenario => scenario.Name));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Every_bit_of_a_scenario_comes_back(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var given = RandomScenarios.Take(300, seed: 3).DistinctBy(scenario => scenario.Id).Select(scenario => Dated(scenario, Start, Start.AddDays(1)))
            .Append(Named("a\0b")).ToList();

        var outcome = await catalogue.ImportAsync(given);

        Assert.Equal(given.Count, outcome.Added.Count);
        var found = await catalogue.FindAsync([.. given.Select(scenario => scenario.Id)]);
        Assert.All(given.SkipLast(1), scenario => Assert.Equal(ScenarioBits.Of(scenario), ScenarioBits.Of(found[scenario.Id])));
        Assert.Equal("a\0b", found[given[^1].Id].Name);
        Assert.Equal(given.Count + Presets.All.Length, (await catalogue.ListAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Finding_takes_presets_and_stored_ones_and_leaves_out_what_does_not_exist(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var own = Named("Own");
        await catalogue.SaveAsync(own);

        var found = await catalogue.FindAsync([own.Id, Presets.QuickFlip.Id, Guid.NewGuid()]);

        Assert.Equal(new[] { own.Id, Presets.QuickFlip.Id }.Order(), found.Keys.Order());
        Assert.Equal("Own", found[own.Id].Name);
        Assert.Same(Presets.QuickFlip, found[Presets.QuickFlip.Id]);
        Assert.Empty(await catalogue.FindAsync([]));
        Assert.Null(await catalogue.OpenAsync(Guid.NewGuid()));
        Assert.Equal(new(Presets.Balanced, 0), await catalogue.OpenAsync(Presets.Balanced.Id));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Saving_keeps_the_day_of_making_and_moves_the_day_of_change(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var first = (await catalogue.SaveAsync(Named("Mine"))).Stored!;
        _time.Advance(TimeSpan.FromHours(2));

        var outcome = await catalogue.SaveAsync(Changed(first.Scenario, draft => draft.StopLoss = 0.2), first.Version);

        Assert.Equal(SaveStatus.Saved, outcome.Status);
        var stored = (await catalogue.OpenAsync(first.Scenario.Id))!;
        Assert.Equal((0.2, Start, Start.AddHours(2), 2), (stored.Scenario.Exit.StopLoss, stored.Scenario.CreatedAt, stored.Scenario.UpdatedAt, stored.Version));
        Assert.Equal(ScenarioBits.Of(stored.Scenario), ScenarioBits.Of(outcome.Stored!.Scenario));
        Assert.Equal(stored.Version, outcome.Stored.Version);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Presets_are_neither_overwritten_nor_deleted(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);

        var outcome = await catalogue.SaveAsync(Changed(Presets.Balanced, draft => draft.StopLoss = 0.1));

        Assert.Equal(new(SaveStatus.IsPreset, new(Presets.Balanced, 0)), outcome);
        Assert.Equal(0, await catalogue.DeleteAsync([Presets.Balanced.Id]));
        Assert.Equal(Presets.All, await catalogue.ListAsync());
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task The_second_of_two_operators_is_told_and_overwrites_nothing(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var (one, other) = (CatalogueOf(test), CatalogueOf(test));
        var id = (await one.SaveAsync(Named("Ours"))).Stored!.Scenario.Id;
        var (mine, theirs) = ((await one.OpenAsync(id))!, (await other.OpenAsync(id))!);

        await one.SaveAsync(Changed(mine.Scenario, draft => draft.Name = "Mine"), mine.Version);
        var refused = await other.SaveAsync(Changed(theirs.Scenario, draft => draft.Name = "Theirs"), theirs.Version);

        Assert.Equal((SaveStatus.ChangedMeanwhile, "Mine"), (refused.Status, refused.Stored!.Scenario.Name));
        Assert.Equal("Mine", (await one.OpenAsync(id))!.Scenario.Name);

        var anew = await other.SaveAsync(Changed(theirs.Scenario, draft => draft.Name = "Theirs"), refused.Stored.Version);
        Assert.Equal((SaveStatus.Saved, 3), (anew.Status, anew.Stored!.Version));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Of_many_saves_at_once_exactly_one_goes_through(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var scenario = Named("Contended");

        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => catalogue.SaveAsync(scenario))));
        var changed = await Task.WhenAll(Enumerable.Range(0, 8).Select(place => Task.Run(() => catalogue.SaveAsync(Changed(scenario, draft => draft.Name = $"By {place}"), 1))));

        foreach (var outcomes in new[] { created, changed })
        {
            Assert.Single(outcomes, outcome => outcome.Status == SaveStatus.Saved);
            Assert.Equal(7, outcomes.Count(outcome => outcome.Status == SaveStatus.ChangedMeanwhile));
        }

        var winner = Assert.Single(changed, outcome => outcome.Status == SaveStatus.Saved);
        Assert.Equal((winner.Stored!.Scenario.Name, 2), ((await catalogue.OpenAsync(scenario.Id))!.Scenario.Name, winner.Stored.Version));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Saving_what_another_deleted_says_so_and_brings_nothing_back(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var (kept, gone) = ((await catalogue.SaveAsync(Named("Kept"))).Stored!, (await catalogue.SaveAsync(Named("Gone"))).Stored!);

        Assert.Equal(1, await catalogue.DeleteAsync([gone.Scenario.Id, Guid.NewGuid()]));

        Assert.Equal(new(SaveStatus.DeletedMeanwhile, null), await catalogue.SaveAsync(gone.Scenario, gone.Version));
        Assert.Equal([.. Presets.All.Select(preset => preset.Id), kept.Scenario.Id], (await catalogue.ListAsync()).Select(scenario => scenario.Id));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_import_adds_replaces_and_leaves_alone_what_says_the_same(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var (same, other) = (Named("Same"), Named("Other"));
        await catalogue.ImportAsync([same, other]);
        _time.Advance(TimeSpan.FromHours(1));

        Scenario[] given = [Dated(same, null, Start.AddDays(9)), Changed(other, draft => draft.StopLoss = 0.25), Named("New")];
        var preview = await catalogue.PreviewImportAsync(given);
        Assert.Equal(Presets.All.Length + 2, (await catalogue.ListAsync()).Count);
        Assert.Equal(1, (await catalogue.OpenAsync(other.Id))!.Version);
        var outcome = await catalogue.ImportAsync(given);

        Assert.All([preview, outcome], told =>
            Assert.Equal(("New", "Other", "Same"), (Assert.Single(told.Added).Name, Assert.Single(told.Replaced).Name, Assert.Single(told.Unchanged).Name)));
        var (untouched, replaced) = ((await catalogue.OpenAsync(same.Id))!, (await catalogue.OpenAsync(other.Id))!);
        Assert.Equal((1, Start), (untouched.Version, untouched.Scenario.UpdatedAt));
        Assert.Equal((2, 0.25, Start, Start.AddHours(1)), (replaced.Version, replaced.Scenario.Exit.StopLoss, replaced.Scenario.CreatedAt, replaced.Scenario.UpdatedAt));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_exported_preset_changes_nothing_and_an_edited_one_becomes_a_copy_once(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var exported = ScenarioJson.Read(ScenarioJson.Write(Presets.All)).Select(entry => entry.Scenario!).ToList();
        Assert.Equal(Presets.All.Length, (await catalogue.ImportAsync(exported)).Unchanged.Count);
        Assert.Equal(Presets.All, await catalogue.ListAsync());

        var edited = new[] { Changed(exported[0], draft => draft.StopLoss = 0.1), Changed(exported[1], draft => draft.Name = "My own words") };
        var first = await catalogue.ImportAsync(edited);
        var second = await catalogue.ImportAsync(edited);

        Assert.Equal(["Conservative (imported)", "My own words"], first.Added.Select(scenario => scenario.Name));
        Assert.Equal(first.Added, first.PresetCopies);
        Assert.All(first.Added, copy => Assert.False(copy.IsPreset || Presets.Find(copy.Id) is not null));
        Assert.Equal(2, second.Unchanged.Count);
        Assert.Equal(Presets.All.Length + 2, (await catalogue.ListAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_import_that_cannot_store_everything_stores_nothing(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var twice = Named("Twice");
        await Assert.ThrowsAsync<ArgumentException>(() => catalogue.ImportAsync([Named("First"), twice, Changed(twice, draft => draft.StopLoss = 0.1)]));

        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catalogue.ImportAsync(CancelAtTheEnd(cancelled), cancelled.Token));

        Assert.Equal(Presets.All, await catalogue.ListAsync());
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Imports_of_the_same_file_at_once_add_each_scenario_once(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var scenarios = Enumerable.Range(0, 60).Select(place => Named($"Scenario {place:00}")).ToList();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => catalogue.ImportAsync(scenarios))));

        Assert.Equal(60, outcomes.Sum(outcome => outcome.Added.Count));
        Assert.Equal(300, outcomes.Sum(outcome => outcome.Unchanged.Count));
        Assert.All(await catalogue.FindAsync([.. scenarios.Select(scenario => scenario.Id)]), pair => Assert.Equal(pair.Key, pair.Value.Id));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task More_ids_than_a_query_takes_parameters_are_no_trouble(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var catalogue = CatalogueOf(test);
        var own = Named("Needle");
        await catalogue.SaveAsync(own);
        Guid[] ids = [.. Enumerable.Range(0, 40_000).Select(_ => Guid.NewGuid()), own.Id];

        Assert.Equal("Needle", Assert.Single(await catalogue.FindAsync(ids)).Value.Name);
        Assert.Equal(1, await catalogue.DeleteAsync(ids));
    }

    private static IEnumerable<Scenario> CancelAtTheEnd(CancellationTokenSource cancellation)
    {
        yield return Named("Never stored");
        cancellation.Cancel();
    }

    private ScenarioCatalogue CatalogueOf(TestDatabase test) => new(test.Database.CreateContextFactory(), _time);

    private static Scenario Named(string name) => Scenario.From(new() { Id = Guid.NewGuid(), Name = name });

    private static Scenario Dated(Scenario scenario, DateTime? createdAt, DateTime? updatedAt) => Changed(scenario, draft => (draft.CreatedAt, draft.UpdatedAt) = (createdAt, updatedAt));

    private static Scenario Changed(Scenario scenario, Action<ScenarioDraft> change)
    {
        var draft = scenario.ToDraft();
        change(draft);
        return Scenario.From(draft);
    }
}
