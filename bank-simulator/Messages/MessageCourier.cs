using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>
/// Pushes queued messages to the webhook, at least once each: a message leaves the books when the receiver has answered 2xx, and a
/// restart begins again with those that remain.
/// </summary>
public sealed class MessageCourier(
    BankBooks books, IHttpClientFactory clients, TimeProvider real, IOptions<BankSimulatorOptions> options, ILogger<MessageCourier> logger)
    : BackgroundService
{
    public const string ClientName = "webhook";

    private readonly BankSimulatorOptions options = options.Value;
    private readonly Agenda<string> queue = new(real);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.WebhookUrl is not { } webhook)
            return;
        books.Committed += TakeNew;
        try
        {
            foreach (var (delivery, dueAt) in books.Read(state => state.Outbox.Values.Select(message => (message.Delivery, message.DueAt)).ToArray()))
                queue.Add(delivery, dueAt);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.WebhookConcurrency, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(
                DueAsync(stoppingToken), parallel, async (delivery, token) => await PushAsync(webhook, delivery, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The bank stops; what was not delivered stays in the books.
        }
        finally
        {
            books.Committed -= TakeNew;
        }
    }

    private void TakeNew(IReadOnlyList<JournalRecord> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is JournalRecord.MessageQueued queued)
                queue.Add(queued.Delivery, queued.DueAt);
        }
    }

    private async IAsyncEnumerable<string> DueAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var delivery in await queue.TakeDueAsync(options.WebhookConcurrency, cancellationToken).ConfigureAwait(false))
                yield return delivery;
        }
    }

    private async Task PushAsync(Uri webhook, string delivery, CancellationToken cancellationToken)
    {
        if (books.Read(state => state.Outbox.GetValueOrDefault(delivery)) is not { } queued)
            return;
        if (await TryPushAsync(webhook, queued, cancellationToken).ConfigureAwait(false) is not { } failure)
        {
            // Need not be durable at once: a crash before that repeats the push, which is allowed.
            books.Note((_, facts) =>
            {
                facts.Add(new JournalRecord.MessageDelivered(delivery));
                return true;
            });
            return;
        }

        var attempts = books.Read(_ => ++queued.Attempts);
        BankLog.PushFailed(logger, queued.Message.MessageId, attempts, failure);
        if (attempts >= options.WebhookMaxAttempts)
        {
            books.Read(_ => queued.Parked = true);
            BankLog.MessageParked(logger, queued.Message.MessageId, attempts);
            return;
        }

        var pause = Math.Min(options.WebhookRetryMs * Math.Pow(2, Math.Min(attempts - 1, 20)), options.WebhookRetryMaxMs);
        queue.Add(delivery, real.GetUtcNow().AddMilliseconds(pause));
    }

    /// <summary>One push; null on success, else what went wrong.</summary>
    private async Task<string?> TryPushAsync(Uri webhook, QueuedMessage queued, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.WebhookTimeoutMs);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(queued.Message, BankJson.Options);
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(MessageSigner.HeaderName, MessageSigner.Sign(body, options.WebhookSecret!, real.GetUtcNow()));
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
        }
        catch (HttpRequestException error)
        {
            return error.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }
}
