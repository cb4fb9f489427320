using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>
/// An answer that uses a tool of the service and pauses on its way, as often as the prompt says: each round ends with a call, whose result
/// the next one begins with.
/// </summary>
/// <param name="Blocks">The blocks of this round; the last round has the result alone.</param>
/// <param name="IsOver">Whether the rest of the answer follows.</param>
/// <param name="Container">The container that the tool runs in; null for none.</param>
internal sealed record PausedTurn(IReadOnlyList<AnswerBlock> Blocks, bool IsOver, string? Container)
{
    /// <summary>Makes the round that a request is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tool">The tool that is used.</param>
    /// <param name="id">The id of this round's call.</param>
    /// <returns>The round; null where the prompt wants no pause.</returns>
    public static PausedTurn? Of(MessagesRequest request, (string Name, string Type) tool, string id)
    {
        int pauses = Pause.TimesIn(request.Conversation.UserText);
        if (pauses == 0)
        {
            return null;
        }

        IReadOnlyList<string> open = request.Conversation.ServerCalls;
        string? container = tool.Name == "code_execution" ? "container_sandbox" : null;
        if (open.Count > 0 && container is not null && request.Container != container)
        {
            throw new ApiException(Input.Refused("container: Field required"));
        }

        string prompt = request.Conversation.UserText;
        AnswerBlock[] result = open.Count == 0 ? [] : [ServerToolCall.Of(tool.Name, tool.Type, prompt, open[open.Count - 1]).Last()];
        return open.Count >= pauses ? new PausedTurn(result, true, container) : new PausedTurn([.. result, ServerToolCall.Of(tool.Name, tool.Type, prompt, id).First()], false, container);
    }
}
