using System.Globalization;
using Spectre.Console;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>
/// What a verb shows: results on standard output; progress and remarks on standard error, live on a terminal and as
/// plain lines elsewhere.
/// </summary>
internal sealed class Screen
{
    private const int WideScreen = 180;
    private const int MediumScreen = 120;
    private const int FewColumns = 4;

    private static readonly Metric[] Columns =
    [
        Metric.TotalPnl, Metric.TotalReturn, Metric.MaxDrawdown, Metric.TotalTrades, Metric.WinRate, Metric.ProfitFactor, Metric.Sharpe, Metric.AverageHold,
    ];

    private readonly IAnsiConsole _results = On(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole _remarks = On(Console.Error, Console.IsErrorRedirected);

    public Screen()
    {
        if (Console.IsOutputRedirected)
        {
            _results.Profile.Width = 220; // whoever reads a file has no right margin
        }

        if (Console.IsErrorRedirected)
        {
            _remarks.Profile.Width = int.MaxValue;
        }
    }

    public void Say(string sentence) => _remarks.WriteLine(Printable(sentence));

    public void Warn(string sentence) => _remarks.WriteLine(Printable(sentence), new(Color.Yellow));

    /// <summary>A result, for standard output.</summary>
    public void Print(string sentence) => _results.WriteLine(Printable(sentence));

    /// <summary>Runs an import, with a bar on a terminal and a line every ten seconds elsewhere.</summary>
    public async Task<ImportRecord> WithImportProgressAsync(string what, Func<IProgress<ImportProgress>, Task<ImportRecord>> import)
    {
        if (Console.IsErrorRedirected)
        {
            return await import(new ImportLines(what, Say));
        }

        return await _remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => import(new ImportBar(what, context.AddTask(Markup.Escape(what)))));
    }

    public T WithStatus<T>(string doing, Func<T> work) =>
        Console.IsErrorRedirected ? work() : _remarks.Status().Start(Markup.Escape(doing) + " …", _ => work());

    /// <summary>Runs work that reports each scenario it has done.</summary>
    public T WithProgress<T>(int scenarios, Func<IScenarioProgress, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            var lines = new ProgressLines(scenarios, Say);
            return work(lines);
        }

        return _remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new ProgressBar(context.AddTask(new ScenarioCount(scenarios).Words, maxValue: scenarios), scenarios)));
    }

    /// <summary>
    /// The comparison, best P&amp;L first; what failed or was not reached comes last. Why signals were not traded, or a
    /// scenario has no figures, stands beside it where the screen is wide enough, and below it elsewhere.
    /// </summary>
    public void ShowResults(HistoryWindow window, IReadOnlyList<Scenario> scenarios, IReadOnlyList<Outcome?> outcomes)
    {
        var isWide = _results.Profile.Width >= WideScreen;
        var columns = _results.Profile.Width >= MediumScreen ? Columns : Columns[..FewColumns];
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("#").RightAligned()).AddColumn(new TableColumn("Scenario").NoWrap());
        foreach (var metric in columns)
        {
            table.AddColumn(new TableColumn(metric.Unit switch { MetricUnit.Sol => $"{metric.Label}, SOL", MetricUnit.Hours => $"{metric.Label}, h", _ => metric.Label }).RightAligned());
        }

        if (isWide)
        {
            table.AddColumn("Signals not traded");
        }

        var (rank, remarks) = (0, new List<string>());
        foreach (var place in Enumerable.Range(0, scenarios.Count).OrderByDescending(place => outcomes[place]?.Replay?.Metrics.TotalPnlSol ?? double.NegativeInfinity))
        {
            var replay = outcomes[place]?.Replay;
            var remark = replay is not null ? SkipWords.Of(replay.Skipped) : outcomes[place]?.Error ?? "cancelled before it was done";
            remarks.Add($"{scenarios[place].Name}: {(replay is not null ? "not traded " : "")}{remark}");
            table.AddRow([
                replay is null ? "" : Number(++rank), Cell(scenarios[place].Name),
                .. columns.Select(metric => replay is null ? Metric.Undefined : metric.Text(replay.Metrics)),
                .. isWide ? [Cell(remark)] : Array.Empty<string>(),
            ]);
        }

        Print($"{window.Signals.Count:#,0} signals about {window.Signals.TokenAddresses.Length:#,0} tokens from {Instant.Text(window.From)} to {Instant.Text(window.To)}");
        _results.Write(table);
        if (!isWide)
        {
            remarks.ForEach(Print);
        }
    }

    private static IAnsiConsole On(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    /// <summary>Names come from files: what would move the cursor or change colours is shown as a dot.</summary>
    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '·' : letter));

    private static string Cell(string text) => Markup.Escape(Printable(text));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
