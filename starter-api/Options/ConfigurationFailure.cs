using Microsoft.Extensions.Options;

namespace Settlement.StarterApi.Options;

/// <summary>Turns a wrong setting into the one line that names it; other failures keep their stack trace.</summary>
public static class ConfigurationFailure
{
    /// <summary>The line to print, or null when the failure is not about a setting.</summary>
    public static string? Describe(Exception failure) => failure switch
    {
        OptionsValidationException wrong => "starter-api: wrong configuration: " + string.Join("; ", wrong.Failures),
        ConfigurationException wrong => "starter-api: wrong configuration: " + wrong.Message,
        AggregateException many => many.InnerExceptions.Select(Describe).FirstOrDefault(line => line is not null),
        _ => null,
    };
}
