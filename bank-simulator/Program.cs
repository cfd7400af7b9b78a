using Microsoft.Extensions.Options;
using Settlement.BankSimulator;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddBank();
    await using var app = builder.Build();
    app.MapBank();
    await app.RunAsync().ConfigureAwait(false);
    return 0;
}
catch (Exception error) when (error is OptionsValidationException or JournalDamagedException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync("The bank cannot start: " + error.Message).ConfigureAwait(false);
    return 2;
}
