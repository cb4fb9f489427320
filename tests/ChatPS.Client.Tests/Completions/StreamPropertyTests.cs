using System.Text;
using ChatPS.Api.Chat;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Completions;

/// <summary>However a stream is written and wherever the network cuts it, the same comes out.</summary>
public sealed class StreamPropertyTests
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly Gen<string> Pieces = Gen.OneOf(
        Gen.Elements("", " ", "hello", "你好", "😀👩‍👩‍👧", "é\n", "\r\n", "data: x", ": no comment", "[DONE]", "\"\\", "\u2028", "\0", "<b>"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(text => text.All(c => !char.IsSurrogate(c))));

    private static readonly Gen<string> LineEnds = Gen.Elements("\n", "\r\n", "\r");

    private static readonly Gen<string> Noise = Gen.Elements("", "", ": comment", ":", "event: ping\ndata: {\"type\":\"ping\"}\n", "event: ping\ndata: not json\n", "retry: 100", "id: 7", "unknown: field", "data:\n", "data\n");

    private static readonly Gen<(string Data, bool Blank, bool Multiline, string Noise, string LineEnd)> Events =
        from data in Gen.Constant("")
        from blank in ArbMap.Default.GeneratorFor<bool>()
        from multiline in ArbMap.Default.GeneratorFor<bool>()
        from noise in Noise
        from lineEnd in LineEnds
        select (data, blank, multiline, noise, lineEnd);

    private static readonly Gen<Sample> Samples =
        from texts in Pieces.Several(1, 12)
        from styles in Events.Several(texts.Count + 2, texts.Count + 2)
        from mark in ArbMap.Default.GeneratorFor<bool>()
        from cuts in Gen.Choose(1, 40).Several(1, 40)
        select new Sample([.. texts], [.. styles.Select(style => (style.Blank, style.Multiline, style.Noise, style.LineEnd))], mark, [.. cuts]);

    [Fact]
    public void Stream_WrittenAndCutInAnyWay_GivesTheSame() => Check.One(Settings, Prop.ForAll(Arb.From(Samples), sample =>
    {
        List<ChatCompletionUpdate> updates = Read(sample.ToBytes(), sample.Cuts);

        string text = string.Concat(sample.Texts);
        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal(text, string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(sample.Texts.Where(piece => piece.Length > 0), updates.SkipLast(1).Select(update => update.Text));
        Assert.Equal((text, "stop", 3, "c1"), (answer.Text, answer.FinishReason, answer.Usage!.TotalTokens, answer.Id));
    }));

    [Fact]
    public void Stream_CutOffAnywhere_IsWholeOrTruncatedButNeverSilent() => Check.One(Settings, Prop.ForAll(
        Arb.From(from sample in Samples from at in Gen.Choose(0, 100) select (sample, at)),
        item =>
        {
            byte[] bytes = item.sample.ToBytes();
            byte[] part = bytes[..(bytes.Length * item.at / 100)];
            string text = string.Concat(item.sample.Texts);
            try
            {
                Assert.Equal(text, Read(part, item.sample.Cuts)[^1].Completion!.Text);
            }
            catch (ChatServiceException failure)
            {
                // Where nothing but a field of an unknown name has come, that is what the service said.
                string[] ids = failure.PartialText is { Length: > 0 } ? [ErrorIds.StreamTruncated, ErrorIds.BadResponse] : [ErrorIds.StreamTruncated, ErrorIds.BadResponse, ErrorIds.ServerError];
                Assert.Contains(failure.ErrorId, ids);
                Assert.StartsWith(failure.PartialText!, text, StringComparison.Ordinal);
            }
        }));

    private static List<ChatCompletionUpdate> Read(byte[] bytes, int[] cuts)
    {
        using CallContext call = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);
        using EventReader events = new(new CutStream(bytes, cuts));
        return Engine.CollectAsync(StreamedAnswer.ReadAsync(events, ChatJsonContext.Default, new ChatAccumulator(Engine.Ask()), call)).GetAwaiter().GetResult();
    }

    private sealed record Sample(string[] Texts, (bool Blank, bool Multiline, string Noise, string LineEnd)[] Styles, bool Mark, int[] Cuts)
    {
        public byte[] ToBytes()
        {
            StringBuilder stream = new();
            for (int i = 0; i < Texts.Length; i++)
            {
                Append(stream, Engine.Text(Texts[i], i == Texts.Length - 1 ? "stop" : null), Styles[i]);
            }

            Append(stream, """{"id":"c1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""", Styles[^2]);
            Append(stream, "[DONE]", Styles[^1] with { Multiline = false });
            return [.. Mark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(stream.ToString())];
        }

        public override string ToString() => $"{Encoding.UTF8.GetString(ToBytes())} cut at {string.Join(',', Cuts)}";

        private static void Append(StringBuilder stream, string data, (bool Blank, bool Multiline, string Noise, string LineEnd) style)
        {
            string field = style.Blank ? "data: " : "data:";
            string[] lines = style.Multiline ? [data[..data.IndexOf(',')], data[data.IndexOf(',')..]] : [data];
            IEnumerable<string> all = [.. style.Noise.Length == 0 ? [] : style.Noise.Split('\n'), .. lines.Select(line => field + line), ""];
            stream.Append(string.Concat(all.Select(line => line + style.LineEnd)));
        }
    }

    /// <summary>Gives its bytes in pieces of these sizes, over and over.</summary>
    private sealed class CutStream(byte[] bytes, int[] cuts) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, cuts[_reads++ % cuts.Length])], cancellationToken);
    }
}
