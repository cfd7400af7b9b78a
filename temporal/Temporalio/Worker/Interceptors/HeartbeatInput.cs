namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="ActivityOutboundInterceptor.Heartbeat"/>.
/// </summary>
/// <param name="Details">Details.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record HeartbeatInput(object?[] Details);
