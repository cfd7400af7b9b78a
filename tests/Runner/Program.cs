using Settlement.Tests.Runner;

return await TestRun.RunAsync(args);
