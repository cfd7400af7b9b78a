using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="WorkflowOutboundInterceptor.ScheduleActivityAsync"/>.
/// </summary>
/// <param name="Activity">Activity type name.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Options">Options.</param>
/// <param name="Headers">Headers to send, encoded by the codec on the way.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record ScheduleActivityInput(
    string Activity,
    IReadOnlyCollection<object?> Args,
    ActivityOptions Options,
    IDictionary<string, Payload>? Headers);
