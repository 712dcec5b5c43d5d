using Microsoft.Extensions.Diagnostics.HealthChecks;
using WallTrack.Storage;

namespace WallTrack.Dashboard;

/// <summary>Whether a load balancer should send operators here: not while the database does not answer.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await database.AnswersAsync(patience.Token) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
