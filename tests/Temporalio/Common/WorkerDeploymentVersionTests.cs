using Temporalio.Common;

namespace Temporalio.InTree.Tests.Common;

public class WorkerDeploymentVersionTests
{
    [Fact]
    public void FromCanonicalString_BuildWithDots_SplitsAtTheFirst()
    {
        var version = WorkerDeploymentVersion.FromCanonicalString("settlements.1.2.3");

        version.ShouldBe(new("settlements", "1.2.3"));
        version.ToCanonicalString().ShouldBe("settlements.1.2.3");
    }

    [Fact]
    public void FromCanonicalString_NoDot_Throws() =>
        Should.Throw<ArgumentException>(() => WorkerDeploymentVersion.FromCanonicalString("settlements"));
}
