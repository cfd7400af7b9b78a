using Microsoft.Extensions.Options;

namespace Settlement.Hosting;

/// <summary>A program without a usable key does not start.</summary>
public sealed class ActOptionsValidator : IValidateOptions<ActOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ActOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
