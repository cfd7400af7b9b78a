using Microsoft.Extensions.Logging;
using NexusRpc.Handlers;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Temporalio.Nexus;

/// <summary>Starts a workflow so that its end ends a Nexus operation.</summary>
internal static class NexusWorkflowStart
{
    private const string TokenHeader = "Nexus-Operation-Token";

    /// <summary>Starts a workflow with the callback and links of a start call.</summary>
    /// <param name="call">The start call; gets a link to the workflow.</param>
    /// <param name="context">Worker's context.</param>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options, not changed.</param>
    /// <returns>The workflow.</returns>
    internal static async Task<NexusWorkflowRunHandle> StartAsync(
        OperationStartContext call,
        NexusOperationExecutionContext context,
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = context.TemporalClient;
        var handle = new NexusWorkflowRunHandle(
            client.Options.Namespace, options.Id ?? throw new ArgumentException("ID required to start workflow"), 0);
        options = (WorkflowOptions)options.Clone();
        options.TaskQueue ??= context.Info.TaskQueue;
        options.RequestId = call.RequestId;
        options.Links = [.. LinksOf(call, context.Logger)];
        options.CompletionCallbacks = CallbackOf(call, handle.ToToken(), options.Links);
        // A second start of the same operation finds the workflow running, and must hear of its end as well.
        options.AttachesToExisting = options.IdConflictPolicy == WorkflowIdConflictPolicy.UseExisting;
        var started = await client.StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        call.OutboundLinks.Add(new Link.Types.WorkflowEvent
        {
            Namespace = handle.Namespace,
            WorkflowId = handle.WorkflowId,
            RunId = started.FirstExecutionRunId ?? started.ResultRunId ?? string.Empty,
            EventRef = new() { EventId = 1, EventType = EventType.WorkflowExecutionStarted },
        }.ToNexusLink());
        return handle;
    }

    private static IEnumerable<Link> LinksOf(OperationStartContext call, ILogger logger)
    {
        foreach (var link in call.InboundLinks)
        {
            Link converted;
            try
            {
                converted = new() { WorkflowEvent = link.ToWorkflowEvent() };
            }
            catch (ArgumentException e)
            {
                // A link is a help for people; one that cannot be read must not stop the operation.
                logger.LogWarning(e, "Link {Uri} of a Nexus operation was left out", link.Uri);
                continue;
            }
            yield return converted;
        }
    }

    private static Callback[] CallbackOf(OperationStartContext call, string token, IEnumerable<Link> links)
    {
        if (call.CallbackUrl is not { Length: > 0 } url)
        {
            return [];
        }
        var nexus = new Callback.Types.Nexus { Url = url };
        foreach (var (name, value) in call.CallbackHeaders ?? new Dictionary<string, string>())
        {
            nexus.Header[name] = value;
        }
        if (!nexus.Header.Keys.Contains(TokenHeader, StringComparer.OrdinalIgnoreCase))
        {
            nexus.Header[TokenHeader] = token;
        }
        return [new() { Nexus = nexus, Links = { links } }];
    }
}
