using ChatPS.Client.Chat;
using ChatPS.Sessions;

namespace ChatPS.Tests;

public sealed class SessionTurnTests
{
    private static readonly ChatRequest Request = new() { Messages = [new ChatMessage("system", "be"), new ChatMessage("user", "two")] };

    private readonly ChatSession _session = new() { Name = "Talk", Messages = [new ChatMessage("user", "one"), new ChatMessage("assistant", "1")] };

    [Fact]
    public void Begin_Session_PutsItsMessagesBetweenInstructionsAndPrompt()
    {
        using SessionTurn turn = SessionTurn.Begin(_session, Request, hasInstructions: true);

        Assert.Equal(["be", "one", "1", "two"], turn.Request.Messages.Select(message => message.Text));
    }

    [Fact]
    public void Keep_Answer_AddsPromptAndAnswerWithoutInstructions()
    {
        using SessionTurn turn = SessionTurn.Begin(_session, Request, hasInstructions: true);
        turn.Keep(null);
        Assert.Equal(2, _session.Messages.Length);
        turn.Keep(new ChatCompletion { Messages = [.. turn.Request.Messages, new ChatMessage("assistant", "2")], Usage = new ChatUsage { TotalTokens = 7 }, Cost = 0.5m });

        Assert.Equal(["one", "1", "two", "2"], _session.Messages.Select(message => message.Text));
        Assert.Equal((1, 7, 0.5m), (_session.Usage.Requests, _session.Usage.TotalTokens, _session.Usage.Cost));
        Assert.NotNull(_session.LastUsed);
    }

    [Fact]
    public void Begin_SessionThatWaitsForAnAnswer_IsRefusedUntilItHasCome()
    {
        using (SessionTurn.Begin(_session, Request, hasInstructions: true))
        {
            Assert.Contains("still waiting", Assert.Throws<ChatServiceException>(() => SessionTurn.Begin(_session, Request, hasInstructions: true)).Message, StringComparison.Ordinal);
        }

        using SessionTurn turn = SessionTurn.Begin(_session, Request, hasInstructions: true);
        Assert.Equal(4, turn.Request.Messages.Count);
    }

    [Fact]
    public void Begin_WithoutASession_SendsTheRequestAlone()
    {
        using SessionTurn first = SessionTurn.Begin(null, Request, hasInstructions: true);
        using SessionTurn second = SessionTurn.Begin(null, Request, hasInstructions: true);

        Assert.Same(Request, second.Request);
    }
}
