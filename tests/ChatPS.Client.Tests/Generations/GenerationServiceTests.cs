using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationServiceTests
{
    [Fact]
    public async Task Submit_Imagine_IsWaitedForToItsEnd()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        ChatGeneration task = await connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default);
        using GenerationWaiter waiter = new(8);
        ChatGeneration done = await waiter.WaitAsync(connection.Generations, task, CallSettings.None, null, default);
        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
        Assert.Equal("image", Assert.Single(done.Result).Kind);
    }
}
