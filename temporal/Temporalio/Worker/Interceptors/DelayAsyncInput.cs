namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="WorkflowOutboundInterceptor.DelayAsync"/>.
/// </summary>
/// <param name="Delay">Delay.</param>
/// <param name="CancellationToken">Token, if not the workflow's.</param>
/// <param name="Summary">One line about the timer, if any.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record DelayAsyncInput(TimeSpan Delay, CancellationToken? CancellationToken, string? Summary = null);
