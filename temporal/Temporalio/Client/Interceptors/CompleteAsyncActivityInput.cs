using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.CompleteAsyncActivityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Activity">Which activity.</param>
/// <param name="Result">Its result.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="DataConverterOverride">Converter instead of the client's.</param>
public record CompleteAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    object? Result,
    AsyncActivityCompleteOptions? Options,
    DataConverter? DataConverterOverride = null);
