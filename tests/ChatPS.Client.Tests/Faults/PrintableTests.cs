using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Faults;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain\n\ttext, ünïcode 日本 👩‍💻", "plain\n\ttext, ünïcode 日本 👩‍💻")]
    [InlineData("a\u001b]52;c;eA==\u0007b", "a\uFFFD]52;c;eA==\uFFFDb")]
    [InlineData("a\u009b31mb\u0085\u007f", "a\uFFFD31mb\uFFFD\uFFFD")]
    [InlineData("\u202egnp.exe\u2066\u2028", "\uFFFDgnp.exe\uFFFD\uFFFD")]
    [InlineData("a\U000E0041\U000E007Fb", "a\uFFFD\uFFFDb")]
    [InlineData("a\r\nb", "a\r\nb")]
    [InlineData("good\rbad", "good\uFFFDbad")]
    [InlineData("", "")]
    public void Text_Any_HoldsNothingThatSteersATerminal(string text, string shown) => Assert.Equal(shown, Printable.Text(text));

    [Theory]
    [InlineData("  two\r\n  lines\t", 40, "two lines")]
    [InlineData("0123456789", 10, "0123456789")]
    [InlineData("0123456789x", 10, "012345678…")]
    [InlineData("01234567👩x", 10, "01234567…")]
    [InlineData("a\u001b[2Jb", 40, "a\uFFFD[2Jb")]
    public void Line_Any_IsShortAndOnOneLine(string text, int most, string shown) => Assert.Equal(shown, Printable.Line(text, most));
}
