using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Converters;

public class DataConverterTests
{
    private static readonly DataConverter WithCodec = DataConverter.Default with { PayloadCodec = new Base64Codec() };

    [Fact]
    public async Task ToPayloadsAsync_Codec_EncodesEachAndReadsBack()
    {
        var payloads = await WithCodec.ToPayloadsAsync(["one", 2, null]);

        payloads.Count.ShouldBe(3);
        payloads.ShouldAllBe(p => p.Metadata["encoding"].ToStringUtf8() == Base64Codec.Encoding);
        (await WithCodec.ToSingleValueAsync<int>([payloads.ElementAt(1)])).ShouldBe(2);
        (await WithCodec.ToValueAsync<string?>(payloads.ElementAt(2))).ShouldBeNull();
    }

    [Fact]
    public async Task ToSingleValueAsync_NotOnePayload_Throws()
    {
        var payload = await DataConverter.Default.ToPayloadAsync("x");

        (await Should.ThrowAsync<ArgumentException>(() => DataConverter.Default.ToSingleValueAsync<string>([])))
            .Message.ShouldBe("Expected 1 payload, found 0");
        (await Should.ThrowAsync<ArgumentException>(() => DataConverter.Default.ToSingleValueAsync<string>([payload, payload])))
            .Message.ShouldBe("Expected 1 payload, found 2");
    }

    [Fact]
    public async Task ToFailureAsync_Codec_EncodesAllPayloadsOfAllCauses()
    {
        var converter = WithCodec with { FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes() };
        var exception = new ApplicationFailureException(
            "outer", new ApplicationFailureException("inner", details: ["inner detail"]), details: ["outer detail"]);

        var failure = await converter.ToFailureAsync(exception);

        Payload[] encoded =
        [
            failure.EncodedAttributes, failure.ApplicationFailureInfo.Details.Payloads_.Single(),
            failure.Cause.EncodedAttributes, failure.Cause.ApplicationFailureInfo.Details.Payloads_.Single(),
        ];
        encoded.ShouldAllBe(p => p.Metadata["encoding"].ToStringUtf8() == Base64Codec.Encoding);
        var read = (await converter.ToExceptionAsync(failure)).ShouldBeOfType<ApplicationFailureException>();
        read.Message.ShouldBe("outer");
        read.Details.ElementAt<string>(0).ShouldBe("outer detail");
        var inner = read.InnerException.ShouldBeOfType<ApplicationFailureException>();
        inner.Message.ShouldBe("inner");
        inner.Details.ElementAt<string>(0).ShouldBe("inner detail");
    }

    [Fact]
    public async Task DecodeFailureAsync_TimeoutAndCancellation_DecodesTheirDetails()
    {
        var codec = new Base64Codec();
        var payload = DataConverter.Default.PayloadConverter.ToPayload("detail");
        var failure = new Failure
        {
            TimeoutFailureInfo = new() { LastHeartbeatDetails = new() { Payloads_ = { payload } } },
            Cause = new() { CanceledFailureInfo = new() { Details = new() { Payloads_ = { payload } } } },
        };
        var original = failure.Clone();

        await codec.EncodeFailureAsync(failure);
        failure.ShouldNotBe(original);
        await codec.DecodeFailureAsync(failure);

        failure.ShouldBe(original);
    }
}
