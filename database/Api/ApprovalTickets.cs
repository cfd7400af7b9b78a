using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database.Api;

/// <summary>
/// One-time tickets: the proof, usable from a command line whose caller only says who he is, that a signed-in approver agreed.
/// Issued by the API, redeemed by an activity inside its own transaction. Only SHA-256 hashes are stored. Expiry is wall-clock time
/// of the database on both sides: it is a security limit and not a business date, so skipped time does not touch it.
/// </summary>
public static class ApprovalTickets
{
    private const int SecretBytes = 24;
    private const int MaxTicketLength = 64;

    /// <summary>Stores a new ticket and returns its secret, which is never seen again.</summary>
    public static async Task<IssuedTicket> IssueAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, TicketGrant grant, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var ticket = "tk_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        const string Sql = """
            INSERT INTO settlement.approval_tickets (ticket_hash, settlement_id, action, outcome, approver, reason, expires_at, case_id)
            VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7, $8)
            RETURNING expires_at
            """;
        await using var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Hash(ticket) },
                new() { Value = grant.SettlementId },
                new() { Value = grant.Action },
                new() { Value = (object?)grant.Outcome ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = grant.Approver },
                new() { Value = grant.Reason },
                new() { Value = grant.Life },
                new() { Value = (object?)grant.CaseId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        var expires = (DateTime)(await command.ExecuteScalarAsync(cancel))!;
        return new IssuedTicket(ticket, new DateTimeOffset(expires, TimeSpan.Zero));
    }

    /// <summary>
    /// Uses a ticket up, or says why not. Exactly one of two concurrent claims wins; the same <see cref="TicketClaim.RequestId"/>
    /// gets its first answer again.
    /// </summary>
    public static async Task<TicketRedemption> RedeemAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, TicketClaim claim, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Ticket.Length is 0 or > MaxTicketLength)
            return TicketRedemption.Refused(TicketRefusal.Unknown);
        const string Sql = """
            SELECT settlement_id, action, outcome, approver, redeemed_request_id, expires_at > clock_timestamp(), case_id
            FROM settlement.approval_tickets WHERE ticket_hash = $1 FOR UPDATE
            """;
        var hash = Hash(claim.Ticket);
        string approver;
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { Parameters = { new() { Value = hash } } })
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (!await row.ReadAsync(cancel))
                return TicketRedemption.Refused(TicketRefusal.Unknown);
            approver = row.GetString(3);
            if (Judge(row, claim, approver) is { } verdict)
                return verdict;
        }

        await MarkRedeemedAsync(connection, transaction, hash, claim, cancel);
        return TicketRedemption.By(approver);
    }

    // Null means: good, and not used yet.
    private static TicketRedemption? Judge(NpgsqlDataReader row, TicketClaim claim, string approver)
    {
        if (row.GetGuid(0) != claim.SettlementId)
            return TicketRedemption.Refused(TicketRefusal.OtherSettlement);
        if (row.GetString(1) != claim.Action)
            return TicketRedemption.Refused(TicketRefusal.OtherAction);
        if (!row.IsDBNull(2) && row.GetString(2) != claim.Outcome)
            return TicketRedemption.Refused(TicketRefusal.OtherOutcome);
        if ((row.IsDBNull(6) ? (Guid?)null : row.GetGuid(6)) != claim.CaseId)
            return TicketRedemption.Refused(TicketRefusal.OtherCase);
        if (SamePerson(approver, claim.Starter))
            return TicketRedemption.Refused(TicketRefusal.OwnSettlement);
        if (claim.Action is TicketAction.Resolve or TicketAction.CloseCase && SamePerson(approver, claim.Operator))
            return TicketRedemption.Refused(TicketRefusal.SamePerson);
        if (!row.IsDBNull(4))
            return row.GetString(4) == claim.RequestId ? TicketRedemption.By(approver) : TicketRedemption.Refused(TicketRefusal.Used);
        return row.GetBoolean(5) ? null : TicketRedemption.Refused(TicketRefusal.Expired);
    }

    private static async Task MarkRedeemedAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, byte[] hash, TicketClaim claim, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE settlement.approval_tickets SET redeemed_at = clock_timestamp(), redeemed_request_id = $2, redeemed_by = $3
            WHERE ticket_hash = $1 AND redeemed_at IS NULL
            """;
        await using var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters = { new() { Value = hash }, new() { Value = claim.RequestId }, new() { Value = claim.Operator } },
        };
        if (await command.ExecuteNonQueryAsync(cancel) != 1)
            throw new InvalidOperationException("RedeemAsync needs a transaction: the ticket changed between its two statements.");
    }

    private static bool SamePerson(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static byte[] Hash(string ticket) => SHA256.HashData(Encoding.UTF8.GetBytes(ticket));
}

/// <summary>One ticket, by the hash of its secret. Used once and otherwise fixed. Table <c>approval_tickets</c>.</summary>
[Table("approval_tickets")]
[PrimaryKey(nameof(TicketHash))]
public sealed class ApprovalTicketRow
{
    public required byte[] TicketHash { get; set; }

    public Guid SettlementId { get; set; }

    public required string Action { get; set; }

    public string? Outcome { get; set; }

    public Guid? CaseId { get; set; }

    public required string Approver { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    public string? RedeemedRequestId { get; set; }

    public string? RedeemedBy { get; set; }
}

/// <summary>What a ticket may be used for, in the words of the interface.</summary>
public static class TicketAction
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Resolve = "resolve";

    /// <summary>Closing one case; issued at the case and not at the settlement.</summary>
    public const string CloseCase = "close_case";

    /// <summary>All actions on a settlement that need a second person.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal) { Approve, Reject, Resolve };
}

/// <summary>A use of a ticket, as an update brought it. None of its fields is trusted but <see cref="Starter"/>, which comes from the settlement's row.</summary>
/// <param name="Ticket">The secret text.</param>
/// <param name="SettlementId">The settlement that the update was sent to.</param>
/// <param name="Action">The update: one of <see cref="TicketAction"/>.</param>
/// <param name="Outcome">The outcome asked for by a resolution, else null.</param>
/// <param name="Operator">Who says to be sending the update.</param>
/// <param name="Starter">Who started the settlement.</param>
/// <param name="RequestId">Id of the update; the same id may redeem the same ticket again and gets the same answer.</param>
public sealed record TicketClaim(string Ticket, Guid SettlementId, string Action, string? Outcome, string Operator, string Starter, string RequestId)
{
    /// <summary>The case that is to be closed by it, else null.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>What an approver grants: one use, for one settlement, one action and, for a resolution, one outcome.</summary>
/// <param name="SettlementId">The settlement.</param>
/// <param name="Action">One of <see cref="TicketAction"/>.</param>
/// <param name="Outcome">The outcome that the approver agreed to; needed for a resolution, else null.</param>
/// <param name="Approver">The signed-in approver.</param>
/// <param name="Reason">Why, in the approver's words.</param>
/// <param name="Life">How long the ticket may be used.</param>
public sealed record TicketGrant(Guid SettlementId, string Action, string? Outcome, string Approver, string Reason, TimeSpan Life)
{
    /// <summary>The case that it closes, for that action; else null.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>A ticket as its approver gets it, once; the database keeps only its hash.</summary>
/// <param name="Ticket">The secret text, to be given to whoever sends the update.</param>
/// <param name="ExpiresAt">Unusable from this instant on.</param>
public sealed record IssuedTicket(string Ticket, DateTimeOffset ExpiresAt);

/// <summary>The answer to a <see cref="TicketClaim"/>.</summary>
/// <param name="Redeemed">True if the action may go on.</param>
/// <param name="Approver">Who granted it; null when refused, so that a refusal tells nothing about others' tickets.</param>
/// <param name="Refusal">One of <see cref="TicketRefusal"/>, or null.</param>
public sealed record TicketRedemption(bool Redeemed, string? Approver, string? Refusal)
{
    internal static TicketRedemption By(string approver) => new(true, approver, null);

    internal static TicketRedemption Refused(string why) => new(false, null, why);
}

/// <summary>Why a ticket was not taken. The words end up in history and problem documents.</summary>
public static class TicketRefusal
{
    public const string Unknown = "unknown";
    public const string Expired = "expired";
    public const string Used = "used";
    public const string OtherSettlement = "other_settlement";
    public const string OtherAction = "other_action";
    public const string OtherOutcome = "other_outcome";
    public const string OtherCase = "other_case";

    /// <summary>The approver started the settlement.</summary>
    public const string OwnSettlement = "own_settlement";

    /// <summary>The approver and the operator of a resolution are one person.</summary>
    public const string SamePerson = "same_person";
}
