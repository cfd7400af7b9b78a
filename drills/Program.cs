using Settlement.AppHost.Processes;
using Settlement.Drills;

// ./drill and ./prove are one program; the first argument says which of them it is.
return args is ["prove", .. var options]
    ? await CommandLineProgram.RunAsync(ProveCommand.Create(), options)
    : await CommandLineProgram.RunAsync(DrillCommand.Create(), args is ["drill", .. var rest] ? rest : args);
