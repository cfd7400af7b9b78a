using Settlement.Auditor;

return await Audit.RunAsync(args, Console.Out, Console.Error);
