using System.Text;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>The difference of two texts as a person reads it: common lines around, <c>-</c> only left, <c>+</c> only right.</summary>
internal static class TextDifference
{
    private const int Around = 4;

    /// <summary>Lines of the difference; empty if there is none.</summary>
    public static string Of(string left, string right)
    {
        var lines = Lines(left.Split('\n'), right.Split('\n'));
        var shown = new StringBuilder();
        var last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var near = lines.Skip(i - Around).Take(Math.Min(i, Around) + Around + 1).Any(l => l.Mark != ' ');
            if (!near)
            {
                continue;
            }
            if (last >= 0 && i > last + 1)
            {
                shown.Append("  …\n");
            }
            shown.Append(lines[i].Mark).Append(' ').Append(lines[i].Text).Append('\n');
            last = i;
        }
        return shown.ToString();
    }

    private static List<(char Mark, string Text)> Lines(string[] left, string[] right)
    {
        var common = CommonSuffixLengths(left, right);
        var lines = new List<(char, string)>();
        int l = 0, r = 0;
        while (l < left.Length || r < right.Length)
        {
            if (l < left.Length && r < right.Length && left[l] == right[r])
            {
                lines.Add((' ', left[l++]));
                r++;
            }
            else if (r == right.Length || (l < left.Length && common[l + 1, r] >= common[l, r + 1]))
            {
                lines.Add(('-', left[l++]));
            }
            else
            {
                lines.Add(('+', right[r++]));
            }
        }
        return lines;
    }

    /// <summary>Length of the longest common subsequence of the rests that begin at each pair of lines.</summary>
    private static int[,] CommonSuffixLengths(string[] left, string[] right)
    {
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var l = left.Length - 1; l >= 0; l--)
        {
            for (var r = right.Length - 1; r >= 0; r--)
            {
                lengths[l, r] = left[l] == right[r] ? lengths[l + 1, r + 1] + 1 : Math.Max(lengths[l + 1, r], lengths[l, r + 1]);
            }
        }
        return lengths;
    }
}
