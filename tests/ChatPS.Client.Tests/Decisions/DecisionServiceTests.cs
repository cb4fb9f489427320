using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Questions that are asked, and what a run keeps to.</summary>
public sealed class DecisionServiceTests
{
    [Fact]
    public async Task Complete_Sandbox_AnswersEachQuestion()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        ChatDecision decision = await connection.Decisions.CompleteAsync(Ask.About("The parcel arrived damaged. I want a refund, I am furious!"), CallSettings.None, CancellationToken.None);

        Assert.Equal("refund: True, team: returns, anger: 2.923", decision.Text);
        Assert.All(decision.Answers, answer => Assert.True(answer.Probability > 0.8));
    }
}
