using System.CommandLine;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>export</c>: writes a stored batch as JSON or CSV.</summary>
internal static class ExportVerb
{
    private static readonly Argument<string> Batch = new("BATCH_ID") { Description = "The batch's id, as run prints it and its page shows it." };
    private static readonly Option<string?> Output = Arguments.Text("--output", "FILE", "Writes to a file instead of standard output: .json has everything, .csv a row of figures a scenario.");
    private static readonly Option<string?> Database = DatabaseOption.Create();

    public static Command Create()
    {
        var command = new Command("export", "Writes a stored batch with its results to a file.") { Batch, Output, Database };
        command.SetAction((arguments, cancellation) => Task.Run(() => RunAsync(arguments, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetValue(Batch);
        if (!Guid.TryParse(text, out var batch))
            throw new RefusedException($"\"{text}\" is no batch id; it must look like 0190a3c4-0000-7000-8000-000000000000.");
        var path = arguments.GetValue(Output);
        var isCsv = path is not null && Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        if (path is not null && !isCsv && !Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException($"--output names {path}; its name must end in .json or .csv.");
        using var output = path is null ? null : OutputFile.Open(path);

        await using var process = await BatchProcess.StartAsync(await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation), cancellation);
        if (await process.Runner.GetAsync(batch, cancellation) is not { } known)
            throw new RefusedException($"There is no batch {batch} in this database.");
        async Task Write(Stream stream) => _ = isCsv ? await process.Export.WriteCsvAsync(batch, stream, cancellation) : await process.Export.WriteJsonAsync(batch, stream, cancellation);
        if (output is null)
        {
            await using var standard = Console.OpenStandardOutput();
            await Write(standard);
        }
        else
        {
            await output.WriteAsync(Write);
            new Screen().Say($"{known.Name}: {known.Done:#,0} of {known.Total:#,0} results written to {output.Path}.");
        }

        return known is { Failed: 0, IsOver: true } ? ExitCode.Done : ExitCode.Partly;
    }
}
