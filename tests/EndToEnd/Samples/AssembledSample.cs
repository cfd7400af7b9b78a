using Settlement.AppHost.Samples;
using Settlement.StarterApi.Endpoints.Settlements;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>A sample with its names of one run, and what the API made of its request; null and reasons where the API refuses it.</summary>
internal sealed record AssembledSample(Sample Sample, SampleNames Names, AssembledSettlement? Settlement, FieldErrors Errors)
{
    public string Creditor => Names.Of(Sample.Request.Creditor.Account);
}
