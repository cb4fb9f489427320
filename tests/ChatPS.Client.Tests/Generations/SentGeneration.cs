using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;
using ChatPS.Client.Images;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What goes over the wire for a task, and what comes of the answers.</summary>
internal static class SentGeneration
{
    public static GenerationPicture Picture { get; } = GenerationPicture.Of(ImageFile.Of(Pictures.Png, "-Image"));

    public static string PictureAddress { get; } = "data:image/png;base64," + Pictures.Base64;

    /// <summary>Makes a request whose parameters are given by name and value.</summary>
    public static GenerationRequest Of(string service, string? form, string? model, string? prompt, params (string Name, object? Value)[] parameters) => new()
    {
        Service = service,
        Form = form,
        Model = model,
        Prompt = prompt,
        Parameters = parameters.ToDictionary(given => given.Name, given => given.Value, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Hands in a task, and tells what was sent.</summary>
    public static async Task<(string Line, string Body, RawExchange Exchange, ChatGeneration Task)> SubmitAsync(this GenerationRequest request, string answer, CallSettings? settings = null)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        ChatGeneration task = await connection.Generations.SubmitAsync(request, settings ?? CallSettings.None, default).WaitAsync(Engine.Patience);
        RawExchange exchange = Assert.Single(server.Exchanges);
        return (LineOf(exchange), exchange.Body, exchange, task);
    }

    /// <summary>Hands in a task that is refused under status 200.</summary>
    public static async Task<ChatServiceException> RefuseAsync(this GenerationRequest request, string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.SubmitAsync(request, CallSettings.None, default).WaitAsync(Engine.Patience));
        Assert.Single(server.Exchanges);
        return failure;
    }

    /// <summary>Looks at a task, once for each answer, and tells what was sent.</summary>
    public static async Task<(string[] Lines, IReadOnlyList<RawExchange> Exchanges, ChatGeneration Task)> LookAsync(ChatGeneration task, params string[] answers)
    {
        using RawServer server = RawServer.Start([.. answers.Select(answer => RawServer.Answer(200, answer))]);
        using ServiceConnection connection = Engine.Connect(server);
        ChatGeneration seen = await connection.Generations.LookAsync(task, CallSettings.None, default).WaitAsync(Engine.Patience);
        return ([.. server.Exchanges.Select(LineOf)], server.Exchanges, seen);
    }

    private static string LineOf(RawExchange exchange) => exchange.Head.Split("\r\n")[0].Replace(" HTTP/1.1", "", StringComparison.Ordinal);
}
