using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Temporalio.Fuzzing;

/// <summary>Makes messages of any type, well formed and senseless: every field may hold anything that its type can.</summary>
internal sealed class MessageFuzzer(FuzzRandom random, string ownNamespace)
{
    private const int MaxDepth = 5;
    private const int MaxFields = 400;

    private int fields;

    /// <summary>A message as bytes. Written field by field, so that strings need not be valid UTF-8 and numbers need not fit.</summary>
    public byte[] Make(MessageDescriptor type)
    {
        fields = 0;
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            Write(output, type, 0);
        return bytes.ToArray();
    }

    private void Write(CodedOutputStream output, MessageDescriptor type, int depth)
    {
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            // Near the top a request must make sense often enough to get past the first check.
            if (!random.Chance(depth == 0 ? 60 : 35) || ++fields > MaxFields)
                continue;
            for (var i = field.IsRepeated ? random.Below(4) : 1; i > 0; i--)
                Write(output, field, depth);
        }
    }

    private void Write(CodedOutputStream output, FieldDescriptor field, int depth)
    {
        switch (field.FieldType)
        {
            case FieldType.Message or FieldType.Group:
                if (depth < MaxDepth)
                    Length(output, field, Nested(field.MessageType, depth + 1));
                break;
            case FieldType.String:
                Length(output, field, TextFor(field));
                break;
            case FieldType.Bytes:
                Length(output, field, random.SomeBytes());
                break;
            case FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed64);
                output.WriteFixed64(BitConverter.ToUInt64(random.Bytes(8)));
                break;
            case FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed32);
                output.WriteFixed32(BitConverter.ToUInt32(random.Bytes(4)));
                break;
            default:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteInt64(field.FieldType == FieldType.Enum || random.Chance(40) ? random.Below(12) : random.Number());
                break;
        }
    }

    private byte[] Nested(MessageDescriptor type, int depth)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            Write(output, type, depth);
        return bytes.ToArray();
    }

    private byte[] TextFor(FieldDescriptor field)
    {
        // Mostly the attacker's own namespace: with another one the request goes no further than its name.
        if (field.Name == "namespace" && random.Chance(85))
            return System.Text.Encoding.UTF8.GetBytes(ownNamespace);
        if (field.Name is "workflow_id" or "name" && random.Chance(50))
            return System.Text.Encoding.UTF8.GetBytes("w" + random.Below(6));
        return random.Chance(8) ? random.SomeBytes() : System.Text.Encoding.UTF8.GetBytes(random.Text());
    }

    private static void Length(CodedOutputStream output, FieldDescriptor field, byte[] bytes)
    {
        output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
