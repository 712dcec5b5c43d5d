using WallTrack.Dashboard.CommandLine;

return await Verbs.RunAsync(args);
