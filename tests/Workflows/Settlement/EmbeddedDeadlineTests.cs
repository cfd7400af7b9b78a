using Settlement.AppHost.Temporal;
using Settlement.Workflows.Tests.Support;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>Deadlines on the embedded server.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class EmbeddedDeadlineTests() : DeadlineTests(EmbeddedExecutable.Find());
