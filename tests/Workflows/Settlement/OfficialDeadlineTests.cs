using Settlement.AppHost.Temporal;
using Settlement.Workflows.Tests.Support;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>Deadlines on the official time-skipping test server, where it is found: the same days, the same escalations.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class OfficialDeadlineTests() : DeadlineTests(Oracles.TimeSkippingServer);
