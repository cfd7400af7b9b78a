using Microsoft.Extensions.DependencyInjection;

namespace Temporalio.Extensions.Hosting;

/// <summary>
/// The service scope of the running activity. It exists while the activity runs, so inside of the innermost interceptor
/// call, not around it. An interceptor that wants a scope or instance of its own making sets it before it calls the next
/// interceptor; then nobody else disposes it. Both are null again when that call returns.
/// </summary>
public static class ActivityScope
{
    private static readonly AsyncLocal<IServiceScope?> Scope = new();
    private static readonly AsyncLocal<object?> Instance = new();

    /// <summary>Gets or sets the scope.</summary>
    public static IServiceScope? ServiceScope
    {
        get => Scope.Value;
        set => Scope.Value = value;
    }

    /// <summary>Gets or sets the object that a non-static activity is called on.</summary>
    public static object? ScopedInstance
    {
        get => Instance.Value;
        set => Instance.Value = value;
    }
}
