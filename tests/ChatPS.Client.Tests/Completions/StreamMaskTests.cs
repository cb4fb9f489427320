using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Completions;

/// <summary>A key that comes in pieces is not shown, wherever it is cut; all other text comes as soon as it can.</summary>
public sealed class StreamMaskTests
{
    private static readonly Secrets Known = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, Key = Engine.Secret(Engine.Key) }, CallSettings.None);

    [Fact]
    public void Take_KeyCutAnywhere_IsMaskedWhole()
    {
        string text = $"a {Engine.Key} b {Engine.Key}{Engine.Key}.";
        for (int first = 0; first <= text.Length; first++)
        {
            for (int second = first; second <= text.Length; second++)
            {
                StreamMask mask = new(Known);
                string shown = mask.Take(text[..first]) + mask.Take(text[first..second]) + mask.Take(text[second..]) + mask.Finish();

                Assert.DoesNotContain(Engine.Key[4..], shown, StringComparison.Ordinal);
                Assert.StartsWith("a ", shown, StringComparison.Ordinal);
                Assert.EndsWith(".", shown, StringComparison.Ordinal);
                Assert.Equal("a **** b ********.", shown.Replace("sk-****", "****", StringComparison.Ordinal).Replace("sk****", "****", StringComparison.Ordinal).Replace("s****", "****", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Take_LetterByLetter_HoldsBackNoMoreThanWhatBeginsAKey()
    {
        StreamMask mask = new(Known);

        Assert.Equal(["T", "h", "i", "s", " ", "s", "k", "-", ""], "This sk-t".Select(letter => mask.Take(letter.ToString())));
        Assert.Equal("tx", mask.Take("x"));
        Assert.Equal("", mask.Finish());
    }

    [Fact]
    public void Finish_TextThatEndsLikeAKeyBegins_IsWhole()
    {
        StreamMask mask = new(Known);

        Assert.Equal("see sk-", mask.Take("see sk-test-0"));
        Assert.Equal("test-0", mask.Finish());
    }

    [Fact]
    public void Take_WithoutAKey_IsTheSameObject()
    {
        string piece = new('x', 9);
        StreamMask mask = new(new Secrets(new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None));

        Assert.Same(piece, mask.Take(piece));
    }
}
