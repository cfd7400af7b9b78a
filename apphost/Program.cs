using Settlement.AppHost;
using Settlement.AppHost.Processes;

return await CommandLineProgram.RunAsync(RunCommand.Create(), args);
