using System.Globalization;
using Spectre.Console;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>
/// What a verb shows: results on standard output; progress and remarks on standard error, live on a terminal and as
/// plain lines elsewhere.
/// </summary>
internal sealed class Screen
{
    /// <summary>Of the comparison; a sweep has more, which the export holds.</summary>
    public const int MostRows = 100;

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

    /// <summary>The same, as a table.</summary>
    public void Show(Table table) => _results.Write(table);

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

    /// <summary>Runs a batch, with a bar on a terminal.</summary>
    public async Task<T> WithBatchProgressAsync<T>(string name, Func<IBatchProgress, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new BatchLines(Say));
        return await _remarks.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new BatchBar(context.AddTask(Markup.Escape(Printable(name))))));
    }

    /// <summary>
    /// The comparison, best P&amp;L first; what failed comes after that. Why signals were not traded, or a scenario has no
    /// figures, stands beside it where the screen is wide enough, and below it elsewhere.
    /// </summary>
    /// <param name="results">In the order in which they are to stand.</param>
    public void ShowResults(BatchSnapshot batch, IReadOnlyList<BacktestResult> results)
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
        foreach (var result in results)
        {
            var metrics = StoredMetrics.Of(result);
            var remark = metrics is not null ? SkipWords.Of(StoredMetrics.SkippedOf(result)!.Value) : result.Error!;
            remarks.Add($"{result.ScenarioName}: {(metrics is not null ? "not traded " : "")}{remark}");
            table.AddRow([
                metrics is null ? "" : Number(++rank), Cell(result.ScenarioName),
                .. columns.Select(metric => metrics is null ? Metric.Undefined : metric.Text(metrics)),
                .. isWide ? [Cell(remark)] : Array.Empty<string>(),
            ]);
        }

        Print($"{batch.SignalCount:#,0} signals about {batch.TokenCount:#,0} tokens from {Instant.Text(batch.From)} to {Instant.Text(batch.To)}");
        _results.Write(table);
        if (!isWide)
        {
            remarks.ForEach(Print);
        }

        if (results.Count < batch.Done)
            Print($"… and {batch.Done - results.Count:#,0} more.");
        if (batch.Cancelled > 0)
            Print($"{batch.Cancelled:#,0} of {batch.Total:#,0} scenarios: cancelled before it was done.");
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
