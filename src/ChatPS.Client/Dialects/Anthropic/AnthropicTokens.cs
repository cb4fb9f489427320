using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Counts tokens as Anthropic does.</summary>
internal sealed class AnthropicTokens : ITokenCounter
{
    /// <summary>The one there is.</summary>
    public static readonly AnthropicTokens Counter = new();

    /// <inheritdoc />
    public Task<int> CountTokensAsync(ServiceConnection connection, ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        AnthropicVersion.Require(request, connection.Settings);
        MessagesRequest body = AnthropicRequestMapper.ToCount(request, model);
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        return connection.SendAsync(
            settings,
            (call, token) => connection.Client<IMessagesApi>(AnthropicJsonContext.Default).CountTokensAsync(body, call, token),
            static (answer, _) => answer.InputTokens ?? throw new WireFormatException("The answer tells no number of tokens.", answer.Raw),
            cancellationToken,
            model);
    }
}
