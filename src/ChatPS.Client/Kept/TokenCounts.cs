using ChatPS.Client.Chat;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Kept;

/// <summary>Counts tokens where the service does not.</summary>
internal static class TokenCounts
{
    private const int TokensPerMessage = 4;

    // What a large image costs at most services.
    private const int TokensPerAttachment = 1000;

    /// <summary>Estimates the tokens of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="connection">The name of the connection.</param>
    /// <returns>The estimate, which says that it is one.</returns>
    public static ChatTokenCount Estimate(ChatRequest request, string model, string connection) => new()
    {
        Model = model,
        InputTokens = request.Messages.Sum(OfMessage) + OfTools(request.Tools) + (request.BuiltInTools.Count == 0 ? 0 : OfTools(request.BuiltInTools)),
        Estimated = true,
        Connection = connection,
        Input = request.Input,
        Index = request.Index,
    };

    private static int OfMessage(ChatMessage message) => TokensPerMessage
        + message.Content.Sum(part => part.Text is null ? TokensPerAttachment : TextTokens.Estimate(part.Text))
        + message.ToolCalls.Sum(call => TextTokens.Estimate(call.Name) + TextTokens.Estimate(call.Arguments));

    private static int OfTools(object? tools) => tools is null ? 0 : TextTokens.Estimate(PlainJson.Write(tools, "-Tool"));
}
