using System.Reflection;
using System.Runtime.ExceptionServices;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// Decoding arguments and calling methods of workflow objects.
/// </summary>
internal static class Invocation
{
    /// <summary>Decodes arguments for a method.</summary>
    /// <param name="converter">Converter.</param>
    /// <param name="method">Method to be called.</param>
    /// <param name="payloads">Arguments; more than the method takes are ignored, fewer are filled up with defaults.</param>
    /// <param name="item">What is called, for messages.</param>
    /// <param name="dynamicName">Name that a dynamic handler is called by, null for other methods.</param>
    /// <param name="isDynamic">Whether the method takes raw values.</param>
    /// <returns>Arguments.</returns>
    /// <exception cref="InvalidOperationException">There are too few arguments, or one cannot be decoded.</exception>
    internal static object?[] DecodeArguments(
        IPayloadConverter converter,
        MethodInfo method,
        IReadOnlyList<Payload> payloads,
        string item,
        bool isDynamic = false,
        string? dynamicName = null)
    {
        if (isDynamic)
        {
            var raw = payloads.Select(payload => (IRawValue)new RawValue(payload)).ToArray();
            return dynamicName == null ? [raw] : [dynamicName, raw];
        }
        var parameters = method.GetParameters();
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            arguments[i] = i < payloads.Count
                ? Decode(converter, payloads[i], parameters[i], item)
                : parameters[i].HasDefaultValue
                    ? parameters[i].DefaultValue
                    : throw new InvalidOperationException(
                        $"{item} given {payloads.Count} parameter(s), but more than that are required by the signature");
        }
        return arguments;
    }

    /// <summary>Calls a method of a workflow object.</summary>
    /// <param name="method">Method.</param>
    /// <param name="instance">Object.</param>
    /// <param name="arguments">Arguments.</param>
    /// <returns>What the method returns. Its exceptions come through as they are.</returns>
    internal static object? Call(MethodInfo method, object? instance, object?[] arguments) =>
        method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>Calls a delegate.</summary>
    /// <param name="handler">Delegate.</param>
    /// <param name="arguments">Arguments.</param>
    /// <returns>What the delegate returns. Its exceptions come through as they are.</returns>
    internal static object? Call(Delegate handler, object?[] arguments)
    {
        try
        {
            return handler.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    private static object? Decode(IPayloadConverter converter, Payload payload, ParameterInfo parameter, string item)
    {
        try
        {
            return converter.ToValue(payload, parameter.ParameterType);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{item} had failure decoding parameters", e);
        }
    }
}
