namespace Temporalio.Client.Interceptors;

/// <summary>Puts itself between a client and its calls.</summary>
public interface IClientInterceptor
{
    /// <summary>Called once when a client is made.</summary>
    /// <param name="nextInterceptor">The rest of the chain.</param>
    /// <returns>Interceptor that calls the rest; by default the rest itself.</returns>
    ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => nextInterceptor;
}
