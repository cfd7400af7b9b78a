using System.Security.Cryptography;
using System.Text.Json;
using Settlement.StarterApi.Json;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>
/// What "the same body" means: equal members with equal values, whatever their order and the spaces between them. The hash is kept for
/// ever, so the form must never change: members in the record's order, absent ones left out. New members go to the end and are optional.
/// </summary>
public static class RequestHash
{
    public static byte[] Of(CreateSettlementRequest request) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Options));
}
