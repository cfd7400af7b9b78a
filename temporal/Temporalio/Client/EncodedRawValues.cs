using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Memos as the public types show them.</summary>
internal static class EncodedRawValues
{
    public static IReadOnlyDictionary<string, IEncodedRawValue> FromProto(Memo? memo, DataConverter converter)
    {
        if (memo is null || memo.Fields.Count == 0)
        {
            return new Dictionary<string, IEncodedRawValue>(0);
        }
        return memo.Fields.ToDictionary(
            pair => pair.Key, pair => (IEncodedRawValue)new EncodedRawValue(converter, pair.Value));
    }
}
