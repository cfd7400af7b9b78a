using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Hosting;

/// <summary>What every part of the server may use.</summary>
/// <param name="Options">How the server runs.</param>
/// <param name="Store">Where its state is.</param>
/// <param name="Clock">Its time.</param>
/// <param name="Namespaces">Its namespaces.</param>
/// <param name="Fatal">Takes failures that end it.</param>
/// <param name="Logs">Its loggers.</param>
/// <param name="Stopping">Cancelled when it is about to end: whoever holds a long poll answers then.</param>
internal sealed record ServerParts(
    DevServerOptions Options,
    IStore Store,
    IServerClock Clock,
    NamespaceRegistry Namespaces,
    FatalErrors Fatal,
    ILoggerFactory Logs,
    CancellationToken Stopping);
