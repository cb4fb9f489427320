using ChatPS;
using ChatPS.Client;
using ChatPS.Sandbox;

using SandboxServer sandbox = SandboxServer.Start();
using ServiceConnection service = new(new ConnectionSettings { Name = "Sandbox", BaseUri = sandbox.BaseUri, Model = "sandbox-mini" });
Console.WriteLine();
Console.WriteLine($"The sandbox answers at {sandbox.BaseUri}.");

Title("Models");
foreach (ChatModel model in await service.Models.ListAsync(CallSettings.None, default))
{
    Console.WriteLine($"{model.Id,-24} {model.OwnedBy,-12} {model.Created:yyyy-MM-dd}");
}

Title("A completion for each item");
foreach (string item in new[] { "Hello", "What is a pipeline?" })
{
    ChatCompletion answer = await service.Chat.CompleteAsync(Ask(item), CallSettings.None, default);
    Console.WriteLine($"{answer.Text}  ({answer.FinishReason}, {answer.Usage}, {answer.Elapsed.TotalMilliseconds:0} ms)");
}

Title("A streamed completion");
await foreach (ChatCompletionUpdate update in service.Chat.StreamAsync(Ask("Tell me more"), CallSettings.None, default))
{
    Console.Write(update.Completion is { } whole ? $"  ({whole.FinishReason}, {whole.Usage}){Environment.NewLine}" : $"{update.Text}|");
}

Title("A moderation");
string[] texts = ["I love gardens", "I will attack and kill you"];
foreach (ChatModeration result in await service.Moderations.ModerateAsync([.. texts.Select(text => new ModerationItem { Text = text, Input = text })], null, CallSettings.None, default))
{
    Console.WriteLine($"{result.Input,-30} flagged: {result.Flagged,-6} {result}");
}

Title("What is missing");
Console.WriteLine("PowerShell 7.4 or later, and with it the cmdlets: Get-ChatModel, Invoke-ChatCompletion, Test-ChatModeration");
Console.WriteLine("and the others of ChatPS. Get it from https://aka.ms/powershell and run ./build.sh demo again.");

static ChatRequest Ask(string text) => new() { Messages = [new ChatMessage("user", text)] };

static void Title(string text)
{
    Console.WriteLine();
    Console.WriteLine($"== {text}");
}
