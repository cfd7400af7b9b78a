using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.FailAsyncActivityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Activity">Which activity.</param>
/// <param name="Exception">Why it failed.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="DataConverterOverride">Converter instead of the client's.</param>
public record FailAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    Exception Exception,
    AsyncActivityFailOptions? Options,
    DataConverter? DataConverterOverride = null);
