using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>Settings of the bank process, read from the section <c>Bank</c> (environment: <c>Bank__StateDirectory</c> and so on).</summary>
public sealed class BankSimulatorOptions
{
    public const string SectionName = "Bank";

    /// <summary>The bank's name in messages and on the path of the webhook; 1 to 32 letters, digits or hyphens.</summary>
    [Required, RegularExpression("^[A-Za-z0-9-]{1,32}$")]
    public string Name { get; set; } = "simbank";

    /// <summary>Folder of the journal. One process at a time may hold it.</summary>
    [Required, MinLength(1)]
    public string StateDirectory { get; set; } = ".run/bank";

    /// <summary>Where signed confirmations are pushed; null: nothing is pushed and callers ask with GET /payments/{uetr}.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Shared secret of the HMAC over each pushed message; at least 16 characters when a webhook is set.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>How many pushes may be under way at once.</summary>
    [Range(1, 256)]
    public int WebhookConcurrency { get; set; } = 16;

    /// <summary>How long one push may take, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int WebhookTimeoutMs { get; set; } = 5_000;

    /// <summary>First pause after a failed push in milliseconds; it doubles up to <see cref="WebhookRetryMaxMs"/>.</summary>
    [Range(1, 60_000)]
    public int WebhookRetryMs { get; set; } = 200;

    /// <summary>Longest pause between two pushes of one message, in milliseconds.</summary>
    [Range(1, 600_000)]
    public int WebhookRetryMaxMs { get; set; } = 10_000;

    /// <summary>Pushes of one message before it is parked; a restart of the bank tries parked messages again.</summary>
    [Range(1, 1_000_000)]
    public int WebhookMaxAttempts { get; set; } = 1_000;

    /// <summary>Journal size in bytes at which new payments are refused with 503.</summary>
    [Range(4_096, long.MaxValue)]
    public long MaxJournalBytes { get; set; } = 4L << 30;

    /// <summary>Payments kept in memory, beyond which new ones are refused with 503.</summary>
    [Range(1, 10_000_000)]
    public int MaxPayments { get; set; } = 1_000_000;

    /// <summary>Accounts, beyond which no more are opened.</summary>
    [Range(2, 10_000_000)]
    public int MaxAccounts { get; set; } = 1_000_000;

    /// <summary>Scripts, beyond which new ones are refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxScripts { get; set; } = 100_000;

    /// <summary>Longest silence in milliseconds before the bank drops the connection itself.</summary>
    [Range(100, 3_600_000)]
    public int MaxSilenceMs { get; set; } = 600_000;

    /// <summary>True: an account that nobody opened is opened on first use, without a floor. False: AC01.</summary>
    public bool AutoOpenAccounts { get; set; } = true;

    /// <summary>True: POST /scripts may make the process kill itself. A shared simulator may forbid it.</summary>
    public bool AllowCrash { get; set; } = true;

    /// <summary>True: payments that no script matches are settled in the answer itself; false: accepted, then settled and confirmed.</summary>
    public bool SettleInAnswer { get; set; }
}

/// <summary>Rules between settings; a wrong value stops the program with a line that names it.</summary>
public sealed class BankSimulatorOptionsValidator : IValidateOptions<BankSimulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, BankSimulatorOptions options)
    {
        if (options.WebhookUrl is { } url)
        {
            if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                return ValidateOptionsResult.Fail("Bank:WebhookUrl must be an absolute http or https address.");
            if (options.WebhookSecret is not { Length: >= 16 })
                return ValidateOptionsResult.Fail("Bank:WebhookSecret must have at least 16 characters when Bank:WebhookUrl is set.");
        }

        return options.WebhookRetryMs > options.WebhookRetryMaxMs
            ? ValidateOptionsResult.Fail("Bank:WebhookRetryMs must not exceed Bank:WebhookRetryMaxMs.")
            : ValidateOptionsResult.Success;
    }
}
