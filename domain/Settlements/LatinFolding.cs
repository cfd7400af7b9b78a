using System.Collections.Frozen;

namespace Settlement.Domain;

/// <summary>
/// Base letters of accented Latin capitals. The runtime's own normalisation needs the ICU library, which a server need not
/// have; screening must not depend on it. Source: Unicode NFKD of Latin-1, Latin Extended-A/B and Additional, and the letters
/// with strokes, which have no decomposition.
/// </summary>
internal static class LatinFolding
{
    private static readonly Dictionary<char, string> Accented = new()
    {
        ['A'] = "ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ",
        ['B'] = "ḂḄḆ",
        ['C'] = "ÇĆĈĊČḈ",
        ['D'] = "ÐĎĐḊḌḎḐḒ",
        ['E'] = "ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ",
        ['F'] = "Ḟ",
        ['G'] = "ĜĞĠĢǦǴḠ",
        ['H'] = "ĤĦȞḢḤḦḨḪ",
        ['I'] = "ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ",
        ['J'] = "Ĵ",
        ['K'] = "ĶǨḰḲḴ",
        ['L'] = "ĹĻĽŁḶḸḺḼ",
        ['M'] = "ḾṀṂ",
        ['N'] = "ÑŃŅŇǸṄṆṈṊ",
        ['O'] = "ÒÓÔÕÖØŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ",
        ['P'] = "ṔṖ",
        ['R'] = "ŔŖŘȐȒṘṚṜṞ",
        ['S'] = "ŚŜŞŠȘṠṢṤṦṨ",
        ['T'] = "ŢŤŦȚṪṬṮṰ",
        ['U'] = "ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ",
        ['V'] = "ṼṾ",
        ['W'] = "ŴẀẂẄẆẈ",
        ['X'] = "ẊẌ",
        ['Y'] = "ÝŶŸȲẎỲỴỶỸ",
        ['Z'] = "ŹŻŽẐẒẔ",
    };

    private static readonly FrozenDictionary<char, char> Base =
        Accented.SelectMany(row => row.Value.Select(letter => KeyValuePair.Create(letter, row.Key))).ToFrozenDictionary();

    /// <summary>The capital without its accent, or the character itself.</summary>
    public static char Fold(char character)
    {
        var upper = char.ToUpperInvariant(character);
        return Base.GetValueOrDefault(upper, upper);
    }
}
