using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Support;

/// <summary>A codec that wraps each payload, and refuses to unwrap one twice.</summary>
internal sealed class Base64Codec : IPayloadCodec
{
    public const string Encoding = "binary/base64-test";

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>(payloads.Select(p => new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8(Encoding) },
            Data = ByteString.CopyFromUtf8(Convert.ToBase64String(p.ToByteArray())),
        }).ToArray());

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>(payloads.Select(p =>
        {
            p.Metadata["encoding"].ToStringUtf8().ShouldBe(Encoding);
            return Payload.Parser.ParseFrom(Convert.FromBase64String(p.Data.ToStringUtf8()));
        }).ToArray());
}
