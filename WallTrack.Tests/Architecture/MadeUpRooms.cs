// Rooms that exist only here, so that ImportRulesTests can show that a broken rule is seen. Several namespaces in one
// file: they are one made-up application.
#pragma warning disable CA1812, CA1823, CA1822, CA1852, CS0169, CS0414, IDE0051, IDE0052, IDE0160, IDE0161, CA1805
using System.ComponentModel;
using MadeUp.Batches;
using MadeUp.Scenarios;

namespace MadeUp.Cellar
{
    internal sealed class Wine;
}

namespace MadeUp.Batches
{
    internal class Batch
    {
        public static int Count() => 1;
    }
}

namespace MadeUp.Scenarios
{
    internal sealed record Scenario(string Name);
}

namespace MadeUp.Simulation
{
    internal sealed class Innocent
    {
        public string Run(Scenario scenario) => string.Join(',', Enumerable.Range(0, 3).Select(i => scenario.Name + i));
    }

    internal sealed class InAField
    {
        private readonly Batch? _batch = null;
    }

    internal sealed class InABody
    {
        public int Run() => Batch.Count();
    }

    internal sealed class InALambda
    {
        public Func<int, int> Run(int offset) => n => n + offset + Batch.Count();
    }

    internal sealed class InAnAsyncMethod
    {
        public async Task<int> RunAsync()
        {
            await Task.Yield();
            return Batch.Count();
        }
    }

    internal sealed class AsAGenericArgument
    {
        public Dictionary<string, Batch[]>? Run() => null;
    }

    internal sealed class AsABase : Batch;

    [TypeConverter(typeof(Batch))]
    internal sealed class InAnAttribute;

    internal sealed class ThatReadsTheClock
    {
        public DateTimeOffset Run(TimeProvider time) => time.GetUtcNow();
    }

    internal sealed class ThatReadsAFile
    {
        public bool Run() => File.Exists("bars.csv");
    }

    internal sealed class ThatNamesADatabase
    {
        public string Run() => new Npgsql.NpgsqlConnectionStringBuilder().ToString();
    }
}
