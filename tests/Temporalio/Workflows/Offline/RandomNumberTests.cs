using System.Buffers.Binary;
using Temporalio.Common;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Known answers: a history drawn with other numbers would not replay elsewhere.</summary>
public sealed class RandomNumberTests
{
    // From PYTHONHASHSEED=0 python3.11 -c "print(hash(b'...') & (2**64 - 1))", whose hash is SipHash-1-3 with a zero key.
    [Theory]
    [InlineData("run-1", 13079098122894003206UL)]
    [InlineData("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", 16967522192259562830UL)]
    [InlineData("", 3476900567878811119UL)]
    [InlineData("12345678", 4669193037608055501UL)]
    public void Seed_OfRunId_IsSipHash13WithClosingByte(string runId, ulong expected) => RandomSeed.From(runId).ShouldBe(expected);

    // Known answer of rand_pcg, test_mcg128xsl64_construction: Pcg64Mcg::seed_from_u64(0).
    [Fact]
    public void NextBytes_SeedZero_IsPcg64Mcg()
    {
        var bytes = new byte[8];
        new DeterministicRandom(0).NextBytes(bytes);
        BinaryPrimitives.ReadUInt64LittleEndian(bytes).ShouldBe(6198063878555692194UL);
    }

    [Fact]
    public void Next_AnyRange_StaysInside()
    {
        var random = new DeterministicRandom(42);
        for (var i = 0; i < 10_000; i++)
        {
            random.Next(-3, 4).ShouldBeInRange(-3, 3);
            random.NextDouble().ShouldBeInRange(0, 0.9999999999999999);
            random.Next(int.MinValue, int.MaxValue).ShouldBeLessThan(int.MaxValue);
        }
    }
}
