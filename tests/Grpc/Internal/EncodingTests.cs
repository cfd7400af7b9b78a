using GrpcWire.Internal;

namespace GrpcWire.Tests.Internal;

public class EncodingTests
{
    [Theory]
    [InlineData("1S", 1000)]
    [InlineData("20000000u", 20000)]
    [InlineData("99999999m", 99999999)]
    [InlineData("2M", 120000)]
    [InlineData("1H", 3600000)]
    public void TimeoutParse_Valid_IsTheTime(string text, long milliseconds)
    {
        GrpcTimeoutHeader.TryParse(text, out var timeout).ShouldBeTrue();
        timeout.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    [InlineData("1s")]
    [InlineData(" 1S")]
    public void TimeoutParse_Malformed_IsRefused(string text) => GrpcTimeoutHeader.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void TimeoutParse_Huge_IsCapped()
    {
        GrpcTimeoutHeader.TryParse("99999999H", out var timeout).ShouldBeTrue();
        timeout.ShouldBeGreaterThan(TimeSpan.FromDays(4_000_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(10_000_000)]
    [InlineData(999_999_999_999_999)]
    [InlineData(3_599_999_964_000_000_000)]
    public void TimeoutFormat_AnyTime_ReadsBackAsNoLess(long ticks)
    {
        var text = GrpcTimeoutHeader.Format(TimeSpan.FromTicks(ticks));
        text.Length.ShouldBeLessThanOrEqualTo(9);
        GrpcTimeoutHeader.TryParse(text, out var back).ShouldBeTrue();
        back.Ticks.ShouldBeGreaterThanOrEqualTo(ticks);
    }

    [Fact]
    public void TimeoutFormat_BeyondWhatTheHeaderHolds_IsItsLargest() => GrpcTimeoutHeader.Format(TimeSpan.MaxValue).ShouldBe("99999999H");

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("50% of €1\n", "50%25 of %E2%82%AC1%0A")]
    [InlineData("\ud83d\ude00", "%F0%9F%98%80")]
    public void MessageText_Encoded_IsPercentEncodedAndReadsBack(string message, string encoded)
    {
        GrpcMessageText.Encode(message).ShouldBe(encoded);
        GrpcMessageText.Decode(encoded).ShouldBe(message);
    }

    [Theory]
    [InlineData("100%")]
    [InlineData("%zz")]
    [InlineData("%4")]
    public void MessageTextDecode_BrokenEscape_IsKept(string text) => GrpcMessageText.Decode(text).ShouldBe(text);

    [Fact]
    public void MessageTextEncode_VeryLong_IsCutWithinAnEscapeNever()
    {
        var encoded = GrpcMessageText.Encode(new string('€', 10_000));
        encoded.Length.ShouldBeLessThanOrEqualTo(4096);
        GrpcMessageText.Decode(encoded).ShouldAllBe(c => c == '€');
    }

    [Theory]
    [InlineData("x-ok", "two\r\nlines")]
    [InlineData("x-ok", "caf\u00e9")]
    [InlineData("x:bad", "value")]
    [InlineData("x bad", "value")]
    [InlineData("x-bytes-bin", "text")]
    public void MetadataEntry_WhatCouldForgeAHeader_IsRefused(string name, string value) =>
        Should.Throw<ArgumentException>(() => new GrpcMetadataEntry(name, value));

    [Fact]
    public void MetadataEntry_BytesUnderATextName_AreRefused() => Should.Throw<ArgumentException>(() => new GrpcMetadataEntry("x-text", [1]));

    [Fact]
    public void Base64_NotBase64_IsNull() => GrpcBase64.TryDecode("a!b").ShouldBeNull();
}
