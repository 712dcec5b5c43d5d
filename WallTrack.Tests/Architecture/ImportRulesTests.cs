using System.Reflection;
using WallTrack.Storage;

namespace WallTrack.Tests.Architecture;

public sealed class ImportRulesTests
{
    [Theory]
    [InlineData(typeof(WallTrackDbContext))]
    [InlineData(typeof(Dashboard.App))]
    public void Every_room_imports_only_what_it_may(Type typeOfTheAssembly)
    {
        var violations = new ImportRules("WallTrack").Violations(typeOfTheAssembly.Assembly.GetTypes());

        Assert.True(violations.Count == 0, string.Join('\n', violations)); // in full: Assert.Empty would shorten them
    }

    [Theory]
    [InlineData("InAField", "Simulation may not import Batches")]
    [InlineData("InABody", "Simulation may not import Batches")]
    [InlineData("InALambda", "Simulation may not import Batches")]
    [InlineData("InAnAsyncMethod", "Simulation may not import Batches")]
    [InlineData("AsAGenericArgument", "Simulation may not import Batches")]
    [InlineData("AsABase", "Simulation may not import Batches")]
    [InlineData("InAnAttribute", "Simulation may not import Batches")]
    [InlineData("ThatReadsTheClock", "may not use a clock")]
    [InlineData("ThatReadsAFile", "may not use a clock, database, logger or file")]
    [InlineData("ThatNamesADatabase", "only Storage may name a database product")]
    public void A_violation_is_seen(string name, string reason)
    {
        var violations = new ImportRules("MadeUp").Violations(MadeUpTypes(name));

        Assert.Contains(violations, violation => violation.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_allowed_is_not_reported() =>
        Assert.Empty(new ImportRules("MadeUp").Violations(MadeUpTypes("Innocent")));

    [Fact]
    public void An_unknown_room_is_reported() =>
        Assert.Contains("which ImportRules does not know",
            Assert.Single(new ImportRules("MadeUp").Violations([typeof(MadeUp.Cellar.Wine)])), StringComparison.Ordinal);

    // With the types that the compiler nests in it: closures and state machines.
    private static IEnumerable<Type> MadeUpTypes(string name)
    {
        var type = Assembly.GetExecutingAssembly().GetType($"MadeUp.Simulation.{name}", throwOnError: true)!;
        return type.GetNestedTypes(BindingFlags.NonPublic).Append(type);
    }
}
