using System.Buffers.Binary;
using Grpc.Core;

namespace Temporalio.DevServer.Visibility;

/// <summary>Rows of a listing, and the token for those after them (null at the end).</summary>
internal sealed record VisibilityPage(IReadOnlyList<VisibilityRow> Rows, byte[]? NextPageToken);

/// <summary>Makes a page of rows that were read one more than asked for.</summary>
internal static class VisibilityPages
{
    public static VisibilityPage Cut(List<VisibilityRow> rows, int pageSize) => rows.Count <= pageSize
        ? new VisibilityPage(rows, null)
        : new VisibilityPage(rows.GetRange(0, pageSize), PageToken.After(rows[pageSize - 1]).ToBytes());
}

/// <summary>The place of the last row of a page in the order of listings. It carries no filter and no namespace: both come with each request.</summary>
internal readonly record struct PageToken(long CloseOrder, long StartTicks, Guid RunId) : IComparable<PageToken>
{
    private const byte FormatVersion = 1;
    private const int Length = 1 + (2 * sizeof(long)) + 16;

    public static PageToken After(VisibilityRow row) => new(row.CloseOrder, row.StartTime.UtcTicks, Guid.Parse(row.Run.RunId));

    /// <exception cref="InvalidPageTokenException">Not one of these.</exception>
    public static PageToken Parse(byte[] token) => token.Length == Length && token[0] == FormatVersion
        ? new PageToken(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(9)), new Guid(token.AsSpan(17), bigEndian: true))
        : throw new InvalidPageTokenException();

    public byte[] ToBytes()
    {
        var token = new byte[Length];
        token[0] = FormatVersion;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1), CloseOrder);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(9), StartTicks);
        RunId.TryWriteBytes(token.AsSpan(17), bigEndian: true, out _);
        return token;
    }

    /// <summary>Whether a row comes after this place.</summary>
    public bool IsBefore(VisibilityRow row) => CompareTo(After(row)) < 0;

    /// <summary>The order of listings: the newest first. Run ids compare as PostgreSQL compares uuids: as their lower-case text.</summary>
    public int CompareTo(PageToken other)
    {
        var order = other.CloseOrder.CompareTo(CloseOrder);
        if (order == 0)
            order = other.StartTicks.CompareTo(StartTicks);
        return order != 0 ? order : other.RunId.CompareTo(RunId);
    }
}

/// <summary>A page token that this server did not make.</summary>
internal sealed class InvalidPageTokenException() : RpcException(new Status(StatusCode.InvalidArgument, "invalid next page token"), "invalid next page token");

/// <summary>How many rows match, of each status.</summary>
internal sealed record VisibilityCount(IReadOnlyList<KeyValuePair<WorkflowExecutionStatus, long>> ByStatus)
{
    public long Total => ByStatus.Sum(s => s.Value);
}
