using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Counts tokens as Gemini does.</summary>
internal sealed class GeminiTokens : ITokenCounter
{
    /// <summary>The one there is.</summary>
    public static readonly GeminiTokens Counter = new();

    /// <inheritdoc />
    public Task<int> CountTokensAsync(ServiceConnection connection, ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken) =>
        GeminiLevels.AskAsync(connection, request with { Model = model }, settings, asked => CountAsync(connection, asked, model, settings, cancellationToken));

    private static Task<int> CountAsync(ServiceConnection connection, ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        string path = GeminiModelName.ToPath(model);
        GeminiRequest asked = GeminiRequestMapper.ToWire(request, model);
        bool isConversation = asked is { SystemInstruction: null, Tools: null, ToolConfig: null, GenerationConfig: null };
        asked.Model = path;
        GeminiCountRequest body = new()
        {
            Contents = isConversation ? asked.Contents : null,
            GenerateContentRequest = isConversation ? null : asked,
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
        };
        return connection.SendAsync(
            settings,
            (call, token) => connection.Client<IGeminiApi>(GeminiJsonContext.Default).CountTokensAsync(path, body, call, token),
            static (answer, _) => answer.TotalTokens ?? throw new WireFormatException("The answer tells no number of tokens.", answer.Raw),
            cancellationToken,
            model);
    }
}
