using ChatPS.Api;
using ChatPS.Api.Chat;
using ChatPS.Api.Text;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Completions;

/// <summary>Some servers cut text between the two halves of an emoji, and escape each half on its own.</summary>
public sealed class SplitCharacterTests
{
    [Fact]
    public void Add_EmojiCutInTwo_IsWholeInUpdatesAndText()
    {
        ChatAccumulator answer = new(new ChatRequest());

        string[] pieces = [.. new[] { """caf\u00e9 \ud83c""", """\udf89 {""", "}" }
            .SelectMany(text => answer.Add(WireJson.Read<ChatCompletionChunk>(Delta("content", text), ChatJsonContext.Default)))
            .Select(update => update.Text)];

        Assert.Equal(["café ", "🎉 {", "}"], pieces);
        Assert.Equal("café 🎉 {}", answer.PartialText);
    }

    [Fact]
    public void Add_ReasoningCutInTwo_IsWhole()
    {
        ChatAccumulator answer = new(new ChatRequest());

        string reasoning = string.Concat(new[] { """\ud83d""", """\ude00""" }
            .SelectMany(text => answer.Add(WireJson.Read<ChatCompletionChunk>(Delta("reasoning_content", text), ChatJsonContext.Default)))
            .Select(update => update.Reasoning));

        Assert.Equal("😀", reasoning);
    }

    [Fact]
    public void Add_TextCompletionCutInTwo_IsWhole()
    {
        TextAccumulator answer = new(new TextRequest());

        string[] pieces = [.. new[] { """a\ud83d""", """\ude00b""" }
            .SelectMany(text => answer.Add(WireJson.Read<CompletionResponse>($$"""{"choices":[{"text":"{{text}}"}]}""", TextJsonContext.Default)))
            .Select(update => update.Text)];

        Assert.Equal(["a", "😀b"], pieces);
    }

    [Fact]
    public void ToWire_OldFunctionCall_GoesBackInTheOldForm()
    {
        ChatMessage message = ChatMessageMapper.FromWire(new ChatResponseMessage { Role = "assistant", FunctionCall = new FunctionCall { Name = "f", Arguments = "{}" } });

        ChatRequestMessage wire = ChatMessageMapper.ToWire(message);

        Assert.Null(wire.ToolCalls);
        Assert.Equal(("f", "{}"), (wire.FunctionCall?.Name, wire.FunctionCall?.Arguments));
    }

    private static string Delta(string member, string text) =>
        """{"choices":[{"index":0,"delta":{"MEMBER":"TEXT"}}]}""".Replace("MEMBER", member, StringComparison.Ordinal).Replace("TEXT", text, StringComparison.Ordinal);
}
