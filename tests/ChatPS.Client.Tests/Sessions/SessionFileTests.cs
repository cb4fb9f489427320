using ChatPS.Client.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Sessions;

public sealed class SessionFileTests : IDisposable
{
    private static readonly Gen<string> Texts = Gen.Elements("a", "\n", "\"", "\\", "{{x}}", "é", "日本", "😀", "\u0001", " ", "</script>", "'").Several(0, 6).Select(string.Concat);
    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant((string?)null), Texts.Select(text => (string?)text));

    private static readonly Gen<ChatContent> Parts =
        from type in Gen.Elements("text", "image_url", "input_audio", "file")
        from text in Maybe
        from url in Maybe
        from detail in Maybe
        from data in Maybe
        from name in Maybe
        select new ChatContent { Type = type, Text = text, Url = url, Detail = detail, Data = data, Format = detail, FileId = url, FileName = name };

    private static readonly Gen<ChatMessage> Messages =
        from role in Gen.Elements("user", "assistant", "tool")
        from parts in Gen.OneOf(Texts.Select(text => (IReadOnlyList<ChatContent>)[ChatContent.FromText(text)]), Parts.Several(0, 3))
        from calls in Texts.Several(0, 2)
        from other in Maybe
        select new ChatMessage
        {
            Role = role,
            Content = [.. parts],
            ToolCalls = [.. calls.Select(text => new ChatToolCall { Id = other, Name = text, Arguments = text })],
            ToolCallId = other,
            Name = other,
            Refusal = other,
            Reasoning = other,
            AudioId = other,
        };

    private static readonly Gen<ChatSession> Sessions =
        from name in Texts
        from system in Maybe
        from messages in Messages.Several(0, 5)
        from tokens in Gen.Choose(0, int.MaxValue)
        from limit in Gen.Choose(0, 3)
        select new ChatSession
        {
            Name = name,
            System = system,
            Model = system,
            Connection = name,
            MaxMessage = limit == 0 ? null : limit,
            MaxToken = limit == 1 ? null : 1000,
            Messages = [.. messages],
            Tools = [.. messages.Select(message => message.Role)],
            Parameters = { ["Temperature"] = 0.1 * limit, ["Stop"] = new List<object?> { name }, ["Metadata"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = tokens } },
            Usage = new ChatSessionUsage { Requests = limit, InputTokens = tokens, CachedTokens = 1, OutputTokens = tokens * 3L, TotalTokens = tokens * 4L, Cost = limit == 2 ? null : tokens / 1000m },
            LastUsed = limit == 1 ? null : new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(tokens),
        };

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-session").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => Prop.ForAll(Sessions.ToArbitrary(), session =>
    {
        SessionFile.Write(PathOf("any.json"), session);
        ChatSession read = SessionFile.Read(PathOf("any.json"));

        Assert.Equivalent(session, read, strict: true);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_FileThatIsThere_IsReplacedAndNothingElseIsLeft()
    {
        File.WriteAllText(PathOf("s.json"), "old");
        SessionFile.Write(PathOf("s.json"), new ChatSession { Name = "new" });

        Assert.Equal("new", SessionFile.Read(PathOf("s.json")).Name);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_AnySession_IsForItsUserOnlyAndReadable()
    {
        SessionFile.Write(PathOf("s.json"), new ChatSession { Name = "Grüße", Messages = [new ChatMessage("user", "hi")] });
        string text = File.ReadAllText(PathOf("s.json"));

        Assert.Contains("\n  \"name\": \"Grüße\"", text.Replace("\r\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"content\": \"hi\"", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("s.json")));
        }
    }

    [Fact]
    public void Write_FolderThatIsNotThere_SaysSo() =>
        Assert.Contains("cannot be written", Assert.Throws<ChatServiceException>(() => SessionFile.Write(PathOf("no/s.json"), new ChatSession())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "damaged: not JSON")]
    [InlineData("[]", "is no session")]
    [InlineData("{\"messages\":[]}", "is no session")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":99}", "newer ChatPS")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":1}", "'id' is missing")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":1,\"id\":\"x\",\"created\":\"soon\"}", "'created' is not a time")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":1,\"id\":\"x\",\"created\":\"2026-01-01T00:00:00Z\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":7}]}]}", "'messages[0].content[0].type' is not text")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":1,\"id\":\"x\",\"created\":\"2026-01-01T00:00:00Z\",\"maxToken\":0}", "'maxToken' is not a whole number from 1")]
    [InlineData("{\"format\":\"chatps-session\",\"version\":1,\"id\":\"x\",\"created\":\"2026-01-01T00:00:00Z\",\"usage\":[]}", "'usage' is not an object")]
    public void Read_FileThatIsNoSession_SaysWhatIsWrong(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<ChatServiceException>(() => SessionFile.FromJson(json, "s.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FileThatIsNotThere_SaysSo() =>
        Assert.Contains("cannot be read", Assert.Throws<ChatServiceException>(() => SessionFile.Read(PathOf("none.json"))).Message, StringComparison.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
