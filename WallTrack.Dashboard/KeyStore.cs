using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using WallTrack.Storage;

namespace WallTrack.Dashboard;

/// <summary>Data protection's keys in the database, so that all servers on it accept what one of them signed.</summary>
internal sealed class KeyStore(Database database) : IXmlRepository
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = database.CreateContextFactory().CreateDbContext();
        return [.. context.Set<ProtectionKey>().OrderBy(key => key.Id).Select(key => key.Xml).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = database.CreateContextFactory().CreateDbContext();
        context.Add(new ProtectionKey { Id = Guid.CreateVersion7(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }

    /// <summary>
    /// Sees to a first key before pages are served: servers that start together would else make one each, and not know
    /// each other's for a day.
    /// </summary>
    public static async Task PrepareAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<Database>();
        IAsyncDisposable? turn;
        while ((turn = await database.TryLockAsync("keys")) is null)
            await Task.Delay(BetweenTries);
        await using (turn)
        {
            var keys = services.GetRequiredService<IKeyManager>();
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ExpirationDate > now))
                keys.CreateNewKey(now, now.AddDays(90));
        }
    }
}
