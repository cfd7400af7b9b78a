using Google.Protobuf;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>One attempt to run an activity, wherever it came from.</summary>
/// <param name="Info">Facts.</param>
/// <param name="TaskToken">Token of the attempt, empty for local activities.</param>
/// <param name="Input">Encoded arguments.</param>
/// <param name="Headers">Encoded headers.</param>
/// <param name="Converter">Data converter in the context of this activity.</param>
internal sealed record ActivityInvocation(
    ActivityInfo Info,
    ByteString TaskToken,
    IReadOnlyList<Payload> Input,
    IReadOnlyDictionary<string, Payload>? Headers,
    DataConverter Converter);
