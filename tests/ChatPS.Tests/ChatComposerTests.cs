using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Tests;

/// <summary>What is piped decides what is asked.</summary>
public sealed class ChatComposerTests : IDisposable
{
    private static readonly ChatCompletion Earlier = new() { Text = "A", Messages = [new ChatMessage("system", "old"), new ChatMessage("user", "Q"), new ChatMessage("assistant", "A")] };

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-composer").FullName;
    private readonly ChatComposer _composer = new(new ChatRequest { Temperature = 1 }, system: null);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FromPrompt_PipedText_IsThePrompt()
    {
        ChatRequest request = _composer.FromPrompt(null, isFixed: false, Piped("hi"), "hi");

        Assert.Equal(["user: hi"], Lines(request));
        Assert.Equal(("hi", 1.0), (request.Input, request.Temperature));
    }

    [Fact]
    public void FromPrompt_PromptAndPipedText_AsksAboutTheText() =>
        Assert.Equal(["user: Translate\n\nhi"], Lines(_composer.FromPrompt("Translate", isFixed: true, Piped("hi"), "hi")));

    [Fact]
    public void FromPrompt_PromptThatTheItemBrought_IsAskedAlone() =>
        Assert.Equal(["user: Q"], Lines(_composer.FromPrompt("Q", isFixed: false, PipelineInput.From(new object(), wantsData: false), null)));

    [Fact]
    public void FromPrompt_TextFile_StandsBelowThePrompt() =>
        Assert.Equal(["user: Summarise\n\nFile a.txt:\ntext"], Lines(_composer.FromPrompt("Summarise", isFixed: true, Piped(File("a.txt", "text"u8.ToArray())), null)));

    [Fact]
    public void FromPrompt_ImageFile_IsAttached()
    {
        ChatMessage message = Assert.Single(_composer.FromPrompt("What is this?", isFixed: true, Piped(File("a.bin", [0x89, .. "PNG"u8, 0])), null).Messages);

        Assert.Equal(["text", "image_url"], message.Content.Select(part => part.Type));
    }

    [Fact]
    public void FromPrompt_Attachments_GoWithEachQuestion()
    {
        ChatComposer composer = new(new ChatRequest(), system: null, [new ChatContent { Type = "file", FileId = "f1" }], "low");

        ChatMessage message = Assert.Single(composer.FromPrompt("What is this?", isFixed: true, Piped(File("a.bin", [0x89, .. "PNG"u8, 0])), null).Messages);

        Assert.Equal(["text", "image_url", "file"], message.Content.Select(part => part.Type));
        Assert.Equal("low", message.Content[1].Detail);
    }

    [Fact]
    public void FromPrompt_KeptAnswerWithoutItsMessages_IsAnError() => Assert.Contains(
        "without its messages", Assert.Throws<ChatServiceException>(() => _composer.FromPrompt("And?", isFixed: true, Piped(new ChatCompletion { Text = "A" }), null)).Message, StringComparison.Ordinal);

    [Fact]
    public void FromPrompt_Answer_ContinuesItsConversation() => Assert.Equal(
        ["system: old", "user: Q", "assistant: A", "user: And?"], Lines(_composer.FromPrompt("And?", isFixed: true, Piped(new ChatCompletionUpdate { Completion = Earlier }), null)));

    [Fact]
    public void FromPrompt_SystemText_TakesThePlaceOfTheOld() => Assert.Equal(
        ["system: new", "user: Q", "assistant: A", "user: And?"], Lines(new ChatComposer(new ChatRequest(), "new").FromPrompt("And?", isFixed: true, Piped(Earlier), null)));

    [Theory]
    [InlineData(null, "piped")]
    [InlineData("given", "given")]
    public void FromPrompt_PipedModel_AnswersUnlessOneIsGiven(string? given, string expected)
    {
        ChatRequest request = new ChatComposer(new ChatRequest { Model = given }, null).FromPrompt("hi", isFixed: true, Piped(new ChatModel { Id = "piped" }), null);

        Assert.Equal(expected, request.Model);
        Assert.Equal(["user: hi"], Lines(request));
    }

    [Fact]
    public void FromPrompt_NothingToAsk_IsAnErrorThatNamesThePrompt()
    {
        Func<ChatRequest>[] calls =
        [
            () => _composer.FromPrompt(null, isFixed: false, input: null, item: null),
            () => _composer.FromPrompt("", isFixed: true, input: null, item: null),
            () => _composer.FromPrompt(" \n", isFixed: true, Piped("hi"), "hi"),
            () => _composer.FromPrompt(null, isFixed: false, Piped(""), ""),
            () => _composer.FromPrompt(null, isFixed: false, PipelineInput.From(new object(), wantsData: false), null),
            () => _composer.FromPrompt(null, isFixed: false, Piped(new ChatModel { Id = "m" }), null),
            () => _composer.FromAll(" ", [Piped("a")], new object()),
        ];

        Assert.All(calls, call => Assert.Contains("-Prompt", AssertInvalid(call).RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public void FromMessages_Conversation_GoesAsItIsAndTakesAModel()
    {
        ChatRequest request = _composer.FromMessages(Earlier.Messages, Piped(new ChatModel { Id = "m" }), 7);

        Assert.Equal(["system: old", "user: Q", "assistant: A"], Lines(request));
        Assert.Equal(("m", 7), (request.Model, request.Input));
        Assert.Equal(3, Earlier.Messages.Length);
        AssertInvalid(() => _composer.FromMessages(Earlier.Messages, Piped("more"), 7));
    }

    [Fact]
    public void FromAll_Items_AreOneQuestion()
    {
        ChatRequest request = _composer.FromAll("Compare", [Piped("a"), Piped(File("b.txt", "text"u8.ToArray())), Piped(File("c.png", [0x89, .. "PNG"u8, 0]))], "items");

        Assert.Equal(["user: Compare\n\na\n\nFile b.txt:\ntext"], Lines(request));
        Assert.Equal(["text", "image_url"], request.Messages[0].Content.Select(part => part.Type));
        Assert.Equal("items", request.Input);
    }

    [Fact]
    public void FromAll_WhatCannotBePutTogether_IsAnError()
    {
        AssertInvalid(() => _composer.FromAll("Compare", [Piped("a"), Piped(new ChatModel { Id = "m" })], new object()));
        AssertInvalid(() => _composer.FromAll("Compare", [Piped(Earlier)], new object()));
        AssertInvalid(() => _composer.FromAll("Compare", [Piped(new string('x', PipelineInput.LongestJson))], new object()));
    }

    [Fact]
    public void From_WhatIsNoInput_SaysWhatToDo()
    {
        Assert.Contains("-Message", AssertInvalid(() => Piped(new ChatMessage("user", "hi"))).RecommendedAction, StringComparison.Ordinal);
        AssertInvalid(() => Piped(null));
        AssertInvalid(() => Piped(new FileInfo(Path.Combine(_folder, "none.txt"))));
    }

    private static PipelineInput Piped(object? item) => PipelineInput.From(item, wantsData: true);

    private static IEnumerable<string> Lines(ChatRequest request) => request.Messages.Select(message => $"{message.Role}: {message.Text}");

    private static ChatServiceException AssertInvalid(Func<object> call)
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(call);
        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        return failure;
    }

    private FileInfo File(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return new FileInfo(path);
    }
}
