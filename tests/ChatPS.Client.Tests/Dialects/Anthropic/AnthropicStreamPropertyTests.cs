using System.Text;
using ChatPS.Api.Anthropic;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Anthropic;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>Wherever one of Anthropic's streams is cut off, the answer is whole or an error.</summary>
public sealed class AnthropicStreamPropertyTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        Gen.Elements("", " ", "hello", "你好", "😀👩‍👩‍👧", "é\n", "data: x", "[DONE]", "\"\\"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(text => text.All(c => !char.IsSurrogate(c))));

    [Fact]
    public void Stream_CutOffAnywhere_IsWholeOrTruncated() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Arb.From(from thoughts in Pieces.Several(0, 4) from texts in Pieces.Several(1, 8) from at in Gen.Choose(0, 1000) select (thoughts, texts, at)),
        item =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Events(item.thoughts, item.texts)));
            byte[] part = bytes[..(bytes.Length * item.at / 1000)];
            string text = string.Concat(item.texts);
            try
            {
                ChatCompletion answer = Read(part);
                Assert.Equal((text, "stop", 12), (answer.Text, answer.FinishReason, answer.Usage!.TotalTokens));
                Assert.Equal(string.Concat(item.thoughts), answer.Reasoning ?? "");
            }
            catch (ChatServiceException failure)
            {
                Assert.Contains(failure.ErrorId, new[] { ErrorIds.StreamTruncated, ErrorIds.BadResponse });
                Assert.StartsWith(failure.PartialText!, text, StringComparison.Ordinal);
                Assert.True(part.Length < bytes.Length);
            }
        }));

    private static IEnumerable<string> Events(IEnumerable<string> thoughts, IEnumerable<string> texts) =>
    [
        Event("message_start", ""","message":{"id":"msg_1","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}"""),
        .. Block(0, "thinking", thoughts),
        Event("ping", ""),
        .. Block(1, "text", texts),
        Event("message_delta", ""","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}"""),
        Event("message_stop", ""),
    ];

    private static IEnumerable<string> Block(int index, string type, IEnumerable<string> pieces) =>
    [
        Event("content_block_start", $$$""","index":{{{index}}},"content_block":{"type":"{{{type}}}","{{{type}}}":""}"""),
        .. pieces.Select(piece => Event("content_block_delta", $$$""","index":{{{index}}},"delta":{"type":"{{{type}}}_delta","{{{type}}}":{{{Engine.Json(piece)}}}}""")),
        Event("content_block_stop", $",\"index\":{index}"),
    ];

    private static string Event(string type, string members) => $"event: {type}\ndata: {{\"type\":\"{type}\"{members}}}\n\n";

    private static ChatCompletion Read(byte[] bytes)
    {
        using CallContext call = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);
        using EventReader events = new(new MemoryStream(bytes));
        return Engine.CollectAsync(StreamedAnswer.ReadAsync(events, AnthropicJsonContext.Default, new AnthropicAccumulator(Engine.Ask()), call)).GetAwaiter().GetResult()[^1].Completion!;
    }
}
