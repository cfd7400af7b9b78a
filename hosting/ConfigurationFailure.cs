using Microsoft.Extensions.Options;

namespace Settlement.Hosting;

/// <summary>Turns a wrong setting into the one line that names it; other failures keep their stack trace.</summary>
public static class ConfigurationFailure
{
    /// <summary>The line to print, or null when the failure is not about a setting.</summary>
    public static string? Describe(string program, Exception failure) => failure switch
    {
        OptionsValidationException wrong => $"{program}: wrong configuration: {string.Join("; ", wrong.Failures)}",
        ConfigurationException wrong => $"{program}: wrong configuration: {wrong.Message}",
        AggregateException { InnerExceptions: [var only] } => Describe(program, only),
        _ => null,
    };
}
