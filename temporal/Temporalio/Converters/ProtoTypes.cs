using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Descriptors of generated protobuf types, looked up by reflection once per type.</summary>
internal static class ProtoTypes
{
    private static readonly ConcurrentDictionary<Type, MessageDescriptor> Descriptors = new();

    /// <summary>Checks that a payload holds the message that a type stands for.</summary>
    /// <param name="payload">Payload in one of the protobuf encodings.</param>
    /// <param name="type">Generated message type.</param>
    /// <returns>Descriptor of the type.</returns>
    /// <exception cref="ArgumentException">The type is no message type, or the payload names another message.</exception>
    public static MessageDescriptor CheckPayload(Payload payload, Type type)
    {
        var descriptor = Descriptors.GetOrAdd(type, FindDescriptor);
        if (!payload.Metadata.TryGetValue(PayloadEncoding.MessageTypeKey, out var name))
        {
            throw new ArgumentException("Payload missing message type");
        }
        var messageType = name.ToStringUtf8();
        if (messageType != descriptor.FullName)
        {
            throw new ArgumentException(
                $"Payload has protobuf message type {messageType} but given type's message type is {descriptor.FullName}");
        }
        return descriptor;
    }

    private static MessageDescriptor FindDescriptor(Type type)
    {
        if (!typeof(IMessage).IsAssignableFrom(type))
        {
            throw new ArgumentException($"Payload is protobuf message, but type is {type}");
        }
        var property = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static);
        return property?.GetValue(null) as MessageDescriptor
            ?? throw new ArgumentException($"Protobuf type {type} has no static Descriptor");
    }
}
