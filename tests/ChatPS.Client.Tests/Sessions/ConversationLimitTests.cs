using ChatPS.Client.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Sessions;

public sealed class ConversationLimitTests
{
    private static readonly Gen<IReadOnlyList<ChatMessage>> Conversations =
        from kinds in Gen.Elements("s", "u", "a", "t").Several(0, 12)
        select (IReadOnlyList<ChatMessage>)[.. kinds.SelectMany(Make)];

    [Theory]
    [InlineData("uaua", 4, "uaua")]
    [InlineData("uaua", 3, "ua")]
    [InlineData("suaua", 2, "sua")]
    [InlineData("uauau", 2, "u")]
    [InlineData("uaua", 1, "a")]
    [InlineData("uacrrau", 4, "u")]
    [InlineData("uucrra", 3, "a")]
    [InlineData("crr", 1, "crr")]
    [InlineData("", 1, "")]
    public void Trim_MaxMessages_LeavesOutTheOldest(string conversation, int limit, string expected) =>
        Assert.Equal(expected, Letters(ConversationLimit.Trim(FromLetters(conversation), limit, null)));

    [Fact]
    public void Trim_MaxTokens_LeavesOutTheOldest()
    {
        ChatMessage[] messages = [new("user", new string('x', 300)), new("assistant", "yes"), new("user", "and?")];

        Assert.Equal("u", Letters(ConversationLimit.Trim(messages, null, 50)));
        Assert.Equal(3, ConversationLimit.Trim(messages, null, 1000).Length);
    }

    [Fact]
    public void Trim_NewestBeyondTheLimit_Stays() => Assert.Equal("uu", Letters(ConversationLimit.Trim(FromLetters("uauu"), 1, 1, newest: 2)));

    [Fact]
    public void Trim_AnyConversation_KeepsToTheLimitWithoutPartingCallsFromResults() => Prop.ForAll(
        Conversations.ToArbitrary(),
        Gen.Choose(1, 8).ToArbitrary(),
        (messages, limit) =>
        {
            ChatMessage[] kept = ConversationLimit.Trim(messages, limit, null);
            ChatMessage[] spoken = [.. kept.Where(message => message.Role != "system")];

            Assert.Equal(messages.Where(kept.Contains), kept);
            Assert.Equal(messages.Where(message => message.Role == "system"), kept.Where(message => message.Role == "system"));
            Assert.Equal(messages.Where(message => message.Role != "system").Reverse().Take(spoken.Length).Reverse(), spoken);
            Assert.True(spoken.Length <= limit || Array.TrueForAll(spoken, message => message.ToolCalls.Count > 0 || message.Role == "tool"));
            Assert.Equal(Calls(kept), kept.Where(message => message.Role == "tool").Select(message => message.ToolCallId));
            Assert.Equal(kept, ConversationLimit.Trim(kept, limit, null));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("uacrrau", 3, "ua")]
    [InlineData("uacrrau", 5, "uacrr")]
    [InlineData("ua", 9, "ua")]
    [InlineData("ua", 0, "")]
    public void First_CountWithinACall_EndsBeforeIt(string conversation, int count, string expected) =>
        Assert.Equal(expected, Letters(ConversationLimit.First(FromLetters(conversation), count)));

    [Theory]
    [InlineData("uacrrau", 4, "au")]
    [InlineData("uacrrau", 5, "crrau")]
    [InlineData("ua", 9, "ua")]
    [InlineData("ua", 0, "")]
    public void Last_CountWithinACall_BeginsAfterIt(string conversation, int count, string expected) =>
        Assert.Equal(expected, Letters(ConversationLimit.Last(FromLetters(conversation), count)));

    private static IEnumerable<string?> Calls(IEnumerable<ChatMessage> messages) => messages.SelectMany(message => message.ToolCalls).Select(call => call.Id);

    private static IEnumerable<ChatMessage> Make(string kind)
    {
        string id = Guid.NewGuid().ToString();
        return kind switch
        {
            "s" => [new ChatMessage("system", "be")],
            "u" => [new ChatMessage("user", "ask")],
            "a" => [new ChatMessage("assistant", "say")],
            _ => [Call(id), new ChatMessage("tool", "done") { ToolCallId = id }],
        };
    }

    private static ChatMessage[] FromLetters(string letters) => [.. letters.Select(letter => letter switch
    {
        's' => new ChatMessage("system", "be"),
        'u' => new ChatMessage("user", "ask"),
        'a' => new ChatMessage("assistant", "say"),
        'c' => Call("call_1"),
        _ => new ChatMessage("tool", "done") { ToolCallId = "call_1" },
    })];

    private static string Letters(IEnumerable<ChatMessage> messages) =>
        string.Concat(messages.Select(message => message.ToolCalls.Count > 0 ? "c" : message.Role == "tool" ? "r" : message.Role.Substring(0, 1)));

    private static ChatMessage Call(string id) => new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = id, Name = "f", Arguments = "{}" }] };
}
