using Microsoft.Extensions.Options;

namespace Settlement.Hosting;

/// <summary>A program without a usable key does not start.</summary>
public sealed class ActionOptionsValidator : IValidateOptions<ActionOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ActionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
