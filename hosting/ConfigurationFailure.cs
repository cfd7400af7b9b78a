using Microsoft.Extensions.Options;

namespace Settlement.Hosting;

/// <summary>Turns a wrong setting into the one line that names it; other failures keep their stack trace.</summary>
public static class ConfigurationFailure
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>The line to print, or null when the failure is not about a setting.</summary>
    public static string? Describe(string program, Exception failure) => failure switch
    {
        OptionsValidationException wrong => $"{program}: wrong configuration: {string.Join("; ", wrong.Failures)}",
        ConfigurationException wrong => $"{program}: wrong configuration: {wrong.Message}",
        // A value that is no number where one is wanted; the binder has no exception type of its own.
        InvalidOperationException { Source: Binder } wrong => $"{program}: wrong configuration: {wrong.Message.ReplaceLineEndings(" ")}",
        AggregateException many => many.InnerExceptions.Select(one => Describe(program, one)).FirstOrDefault(line => line is not null),
        _ => null,
    };
}

/// <summary>A wrong setting. Its message is the one line that the program prints before it stops.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
