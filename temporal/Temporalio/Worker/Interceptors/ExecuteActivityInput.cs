using Temporalio.Activities;
using Temporalio.Api.Common.V1;

namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="ActivityInboundInterceptor.ExecuteActivityAsync"/>.
/// </summary>
/// <param name="Activity">Activity.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Headers">Headers received, decoded by the codec.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record ExecuteActivityInput(
    ActivityDefinition Activity,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
