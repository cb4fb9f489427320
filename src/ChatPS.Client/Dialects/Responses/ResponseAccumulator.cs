using System.Text;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>
/// Puts a streamed response together. Its last event carries the whole; what came before is for those who read along, and stands
/// in where a service leaves out at the end what it has told already.
/// </summary>
internal sealed class ResponseAccumulator(ChatRequest request) : IStreamAccumulator<ResponseEvent, ChatCompletionUpdate>
{
    private readonly StringBuilder _text = new();
    private readonly WholeCharacters _wholeText = new();
    private readonly WholeCharacters _wholeReasoning = new();
    private readonly WholeCharacters _wholeRemarks = new();
    private readonly StringBuilder _reasoning = new();
    private readonly OutputInPieces _output = new();
    private int? _remarked;
    private Response? _last;
    private ApiError? _error;

    public string PartialText => _text.ToString();

    public bool IsComplete => HasEnded;

    public bool HasEnded => _last is not null || _error is not null;

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent || eventType.StartsWith("response.", StringComparison.Ordinal);

    public IEnumerable<ChatCompletionUpdate> Add(ResponseEvent chunk)
    {
        switch (chunk.Type)
        {
            case "response.output_text.delta":
                return Tell(_output.AddText(chunk.OutputIndex, chunk.Delta ?? ""));
            case "response.output_text.done":
                return Tell(_output.EndText(chunk.OutputIndex, MemberOf(chunk, "text")));
            case "response.refusal.delta":
                _output.AddRefusal(chunk.OutputIndex, chunk.Delta ?? "");
                break;
            case "response.reasoning_summary_part.added" when _reasoning.Length > 0:
                return Think("\n\n");
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta":
                return Think(_wholeReasoning.Take(chunk.Delta ?? ""));
            case "response.function_call_arguments.delta" or "response.custom_tool_call_input.delta":
                _output.AddInput(chunk.OutputIndex, chunk.Delta ?? "");
                break;
            case "response.function_call_arguments.done" or "response.custom_tool_call_input.done":
                _output.EndInput(chunk.OutputIndex, MemberOf(chunk, "arguments") ?? MemberOf(chunk, "input"));
                break;
            case "response.output_item.added" when chunk.Item is { } begun:
                _output.Begin(chunk.OutputIndex, begun);
                break;
            case "response.output_item.done" when chunk.Item is { } item:
                return Tell(_output.End(chunk.OutputIndex, item));
            case "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled":
                _last = chunk.Response;
                break;
            case null when MemberOf(chunk, "object") == "response":
                _last = WireJson.Read<Response>(chunk.Raw, OpenAIResponsesJsonContext.Default);
                break;
            case "error":
            case null when chunk.Message is { Length: > 0 } && chunk.Code is { Length: > 0 }:
                _error = new ApiError(chunk.Message ?? "The service does not say what went wrong.", null, chunk.Code, chunk.Param);
                break;
        }

        return [];
    }

    public ChatCompletionUpdate Finish(string raw, IAnswerOrigin origin)
    {
        if (_error is not null)
        {
            throw new WireFormatException(_error, raw);
        }

        Response response = _last ?? throw WireFormatException.NoAnswer("The stream held no response.", raw);
        response.Raw = raw;
        response.Output = _output.Complete(response.Output);
        return new ChatCompletionUpdate { Completion = ResponseAnswerMapper.ToCompletion(response, request, origin, _reasoning.Length > 0 ? _reasoning.ToString() : null) };
    }

    private ChatCompletionUpdate[] Tell(string piece)
    {
        if (_output.IsRemark)
        {
            return Remark(piece);
        }

        _text.Append(piece);
        string text = _wholeText.Take(piece);
        return text.Length > 0 ? [new ChatCompletionUpdate { Text = text }] : [];
    }

    // Each remark is a text of its own.
    private ChatCompletionUpdate[] Remark(string piece)
    {
        string remark = _wholeRemarks.Take(piece);
        if (remark.Length == 0)
        {
            return [];
        }

        bool isNext = _remarked is { } before && before != _output.Place;
        _remarked = _output.Place;
        return [new ChatCompletionUpdate { Commentary = isNext ? "\n\n" + remark : remark }];
    }

    private ChatCompletionUpdate[] Think(string thought)
    {
        _reasoning.Append(thought);
        return thought.Length > 0 ? [new ChatCompletionUpdate { Reasoning = thought }] : [];
    }

    private static string? MemberOf(ResponseEvent chunk, string name) =>
        chunk.AdditionalProperties is { } members && members.TryGetValue(name, out JsonElement value) ? JsonText.Read(value) : null;
}
