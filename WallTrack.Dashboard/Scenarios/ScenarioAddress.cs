namespace WallTrack.Dashboard.Scenarios;

/// <summary>Where the pages and files of scenarios are.</summary>
internal static class ScenarioAddress
{
    public const string List = "/scenarios";
    public const string New = "/scenarios/new";

    public static string Of(Guid id) => $"/scenarios/{id}";

    public static string Duplicate(Guid id) => $"/scenarios/new?from={id}";

    /// <summary>Opens one beside another.</summary>
    public static string Compare(Guid id, Guid other) => $"/scenarios/{id}?compare={other}";
}
