using Temporalio.DevServer.Cli;

return (int)await TemporalDev.RunAsync(args, Environment.GetEnvironmentVariable, Console.Out, Console.Error);
