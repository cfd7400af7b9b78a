using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.StartActivityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Activity">Type name of the activity.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="Headers">Headers, before the codec; null for none.</param>
public record StartActivityInput(
    string Activity,
    IReadOnlyCollection<object?> Args,
    StartActivityOptions Options,
    IDictionary<string, Payload>? Headers);
