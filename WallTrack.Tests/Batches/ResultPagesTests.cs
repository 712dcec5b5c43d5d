using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>Pages of results, however far down, to an order that was made in memory.</summary>
public sealed class ResultPagesTests(PostgreSqlServer server)
{
    private const int Count = 12_345;
    private const int RowsAPage = 50;

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Every_page_shows_its_part_of_the_one_order_with_undefined_figures_last(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var results = new BatchResults(test.Database, test.Library, new(test.Database, test.Library, new()));
        var batch = await MadeUpResults.StoreAsync(test.Database, Count);
        var all = (await results.PageAsync(new(batch, Take: Count))).Results;
        Assert.Equal(Enumerable.Range(0, Count), all.Select(row => row.Position));

        foreach (var (metric, descending) in Metric.All[..3].SelectMany(metric => new[] { (metric, true), (metric, false) }))
        {
            var order = Order(all, metric, descending);
            foreach (var skip in new[] { 0, 4_980, 5_000, 7_777, Count - RowsAPage, Count - 3, Count })
            {
                var page = await results.PageAsync(new(batch, metric.Name, descending, skip, RowsAPage));
                Assert.Equal((metric.Name, skip, Count), (metric.Name, skip, page.Count));
                Assert.Equal(order.Skip(skip).Take(RowsAPage), page.Results.Select(row => row.Position));
            }
        }

        var failed = await results.PageAsync(new(batch, Metric.TotalPnl.Name, Status: ResultStatus.Failed, Name: "SCENARIO 1", Take: Count));
        Assert.Equal(all.Where(row => row.Status == ResultStatus.Failed && row.ScenarioName.Contains("scenario 1", StringComparison.Ordinal)).Select(row => row.Position), failed.Results.Select(row => row.Position));
    }

    private static List<int> Order(IReadOnlyList<ResultFigures> all, Metric metric, bool descending)
    {
        var sign = descending ? -1 : 1;
        return [.. all.OrderBy(row => row.Of(metric) is null).ThenBy(row => sign * (row.Of(metric) ?? 0)).ThenBy(row => row.Status == ResultStatus.Failed).ThenBy(row => row.Position).Select(row => row.Position)];
    }
}
