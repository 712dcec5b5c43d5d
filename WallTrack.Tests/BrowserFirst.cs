using WallTrack.Tests;
using WallTrack.Tests.Browser;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BrowserFirst))]

namespace WallTrack.Tests;

/// <summary>The browser's tests run one after another and take longest of all collections: begun last, they would end alone.</summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName != nameof(DashboardCollection))];
}
