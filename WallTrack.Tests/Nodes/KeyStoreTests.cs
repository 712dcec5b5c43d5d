using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Nodes;

/// <summary>What one server signed, another one on the same database accepts.</summary>
public sealed class KeyStoreTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Servers_that_start_together_make_one_key_and_accept_each_others_signatures(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await using var one = Services(test.Database);
        await using var other = Services(test.Database);

        await Task.WhenAll(KeyStore.PrepareAsync(one), KeyStore.PrepareAsync(other));

        Assert.Single(new KeyStore(test.Database).GetAllElements());
        Assert.Equal("a form", Protector(other).Unprotect(Protector(one).Protect("a form")));
        await using var later = Services(test.Database);
        await KeyStore.PrepareAsync(later);
        Assert.Equal("a form", Protector(later).Unprotect(Protector(other).Protect("a form")));
        Assert.Single(new KeyStore(test.Database).GetAllElements());
    }

    private static ServiceProvider Services(Database database)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton(database);
        services.AddDataProtection().SetApplicationName("WallTrack");
        services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, stored) => keys.XmlRepository = new KeyStore(stored));
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(IServiceProvider services) => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
