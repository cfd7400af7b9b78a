using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Converters;

public class DefaultPayloadConverterTests
{
    private static readonly DefaultPayloadConverter Converter = new();

    public enum Color
    {
        Red,
        Green,
    }

    [Theory]
    [InlineData("text", "\"text\"")]
    [InlineData(1234, "1234")]
    [InlineData(true, "true")]
    [InlineData(1.5, "1.5")]
    [InlineData(Color.Green, "1")]
    public void ToPayload_PlainValue_IsJson(object value, string json)
    {
        var payload = Converter.ToPayload(value);

        payload.Metadata["encoding"].ToStringUtf8().ShouldBe("json/plain");
        payload.Data.ToStringUtf8().ShouldBe(json);
        Converter.ToValue(payload, value.GetType()).ShouldBe(value);
    }

    [Fact]
    public void ToPayload_Record_RoundTrips()
    {
        var value = new Order("A-1", 12.50m, [1, 2, 3], new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        var read = Converter.ToValue<Order>(Converter.ToPayload(value));

        read.ShouldBeEquivalentTo(value);
        read.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("12.50");
    }

    [Fact]
    public void ToPayload_Null_IsBinaryNull()
    {
        var payload = Converter.ToPayload(null);

        payload.Metadata["encoding"].ToStringUtf8().ShouldBe("binary/null");
        payload.Data.ShouldBe(ByteString.Empty);
        Converter.ToValue(payload, typeof(string)).ShouldBeNull();
        Converter.ToValue<int?>(payload).ShouldBeNull();
    }

    [Fact]
    public void ToValue_NullForValueType_Throws() =>
        Should.Throw<ArgumentException>(() => Converter.ToValue<int>(Converter.ToPayload(null)))
            .Message.ShouldContain("not nullable");

    [Fact]
    public void ToPayload_Bytes_IsBinaryPlain()
    {
        byte[] bytes = [0, 255, 7];

        var payload = Converter.ToPayload(bytes);

        payload.Metadata["encoding"].ToStringUtf8().ShouldBe("binary/plain");
        payload.Data.ToByteArray().ShouldBe(bytes);
        Converter.ToValue<byte[]>(payload).ShouldBe(bytes);
        Should.Throw<ArgumentException>(() => Converter.ToValue<string>(payload));
    }

    [Fact]
    public void ToPayload_Message_IsJsonProto()
    {
        var message = new WorkflowExecution { WorkflowId = "id", RunId = "run" };

        var payload = Converter.ToPayload(message);

        payload.Metadata["encoding"].ToStringUtf8().ShouldBe("json/protobuf");
        payload.Metadata["messageType"].ToStringUtf8().ShouldBe("temporal.api.common.v1.WorkflowExecution");
        Converter.ToValue<WorkflowExecution>(payload).ShouldBe(message);
    }

    [Fact]
    public void ToValue_BinaryProto_IsRead()
    {
        var message = new WorkflowExecution { WorkflowId = "id" };
        new BinaryProtoConverter().TryToPayload(message, out var payload).ShouldBeTrue();

        payload!.Metadata["encoding"].ToStringUtf8().ShouldBe("binary/protobuf");
        Converter.ToValue<WorkflowExecution>(payload).ShouldBe(message);
    }

    [Fact]
    public void ToValue_OtherMessage_Throws()
    {
        var payload = Converter.ToPayload(new WorkflowExecution());

        Should.Throw<ArgumentException>(() => Converter.ToValue<Duration>(payload)).Message.ShouldContain("message type");
        Should.Throw<ArgumentException>(() => Converter.ToValue<string>(payload)).Message.ShouldContain("protobuf message");
        payload.Metadata.Remove("messageType");
        Should.Throw<ArgumentException>(() => Converter.ToValue<WorkflowExecution>(payload))
            .Message.ShouldContain("missing message type");
    }

    [Fact]
    public void ToValue_UnknownOrMissingEncoding_Throws()
    {
        var payload = new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/unheard-of") } };

        Should.Throw<ArgumentException>(() => Converter.ToValue<string>(payload)).Message.ShouldContain("binary/unheard-of");
        Should.Throw<ArgumentException>(() => Converter.ToValue<string>(new Payload())).Message.ShouldContain("no encoding");
    }

    [Fact]
    public void ToValue_MalformedJson_Throws()
    {
        var payload = Converter.ToPayload("x");
        payload.Data = ByteString.CopyFromUtf8("{\"broken\":");

        Should.Throw<JsonException>(() => Converter.ToValue<Order>(payload));
    }

    [Fact]
    public void ToValue_RawValue_PassesThePayloadThrough()
    {
        var payload = new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("anything") } };

        ((IRawValue)Converter.ToValue(payload, typeof(IRawValue))!).Payload.ShouldBeSameAs(payload);
        ((RawValue)Converter.ToValue(payload, typeof(RawValue))!).Payload.ShouldBeSameAs(payload);
        Converter.ToPayload(new RawValue(payload)).ShouldBeSameAs(payload);
        Converter.ToValue<string>(Converter.ToRawValue("text")).ShouldBe("text");
        Should.Throw<ArgumentException>(() => Converter.ToValue(payload, typeof(OtherRawValue)));
    }

    [Fact]
    public void ToPayload_OwnJsonOptions_AreUsed()
    {
        var payload = new CamelCaseConverter().ToPayload(new Order("A", 1, [], default));

        payload.Data.ToStringUtf8().ShouldStartWith("{\"reference\":");
    }

    [Fact]
    public void ToPayload_NoConverterTakesIt_Throws() =>
        Should.Throw<ArgumentException>(() => new NullsOnlyConverter().ToPayload("text"))
            .Message.ShouldContain("System.String");

    [Fact]
    public void WithSerializationContext_NothingAware_IsSameInstance()
    {
        var context = new ISerializationContext.Workflow("ns", "wf");

        Converter.WithSerializationContext(context).ShouldBeSameAs(Converter);
        DataConverter.Default.WithSerializationContext(context).ShouldBeSameAs(DataConverter.Default);
    }

    [Fact]
    public void WithSerializationContext_AwareEncoding_GetsIt()
    {
        var converter = new DataConverter(new AwareConverter(), new DefaultFailureConverter());

        var inContext = converter.WithSerializationContext(new ISerializationContext.Workflow("ns", "wf-7"));

        inContext.PayloadConverter.ToPayload("x").Data.ToStringUtf8().ShouldBe("\"wf-7:x\"");
        converter.PayloadConverter.ToPayload("x").Data.ToStringUtf8().ShouldBe("\"none:x\"");
    }

    public record Order(string Reference, decimal Amount, int[] Parts, DateTimeOffset At);

    public record OtherRawValue(Payload Payload) : IRawValue;

    private sealed class CamelCaseConverter()
        : DefaultPayloadConverter(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    private sealed class NullsOnlyConverter() : DefaultPayloadConverter(new BinaryNullConverter());

    private sealed class AwareConverter() : DefaultPayloadConverter(new AwareEncoding("none"));

    private sealed class AwareEncoding(string workflowId)
        : JsonPlainConverter(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.Never }),
            IWithSerializationContext<IEncodingConverter>
    {
        public override bool TryToPayload(object? value, out Payload? payload) =>
            base.TryToPayload($"{workflowId}:{value}", out payload);

        public IEncodingConverter WithSerializationContext(ISerializationContext context) =>
            new AwareEncoding(((ISerializationContext.IHasWorkflow)context).WorkflowId);
    }
}
