using System.Text;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>Puts a streamed response together. Its last event carries the whole, so that what came before is only for those who read along.</summary>
internal sealed class ResponseAccumulator(ChatRequest request) : IStreamAccumulator<ResponseEvent, ChatCompletionUpdate>
{
    private readonly StringBuilder _text = new();
    private readonly WholeCharacters _wholeText = new();
    private readonly WholeCharacters _wholeReasoning = new();
    private readonly SortedDictionary<int, JsonElement> _items = [];
    private Response? _last;
    private ApiError? _error;
    private bool _hasReasoning;

    public string PartialText => _text.ToString();

    public bool IsComplete => HasEnded;

    public bool HasEnded => _last is not null || _error is not null;

    public bool Accepts(string eventType) => eventType == StreamedAnswer.PlainEvent || eventType.StartsWith("response.", StringComparison.Ordinal);

    public IEnumerable<ChatCompletionUpdate> Add(ResponseEvent chunk)
    {
        switch (chunk.Type)
        {
            case "response.output_text.delta":
                _text.Append(chunk.Delta);
                return Update(_wholeText.Take(chunk.Delta ?? ""), "");
            case "response.reasoning_summary_part.added" when _hasReasoning:
                return Update("", "\n\n");
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta":
                _hasReasoning = true;
                return Update("", _wholeReasoning.Take(chunk.Delta ?? ""));
            case "response.output_item.done" when chunk.Item is { } item:
                _items[chunk.OutputIndex ?? _items.Count] = item;
                break;
            case "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled":
                _last = chunk.Response;
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

        // Some servers leave out at the end what they have told already.
        response.Output = response.Output is { Count: > 0 } output ? output : [.. _items.Values];
        return new ChatCompletionUpdate { Completion = ResponseAnswerMapper.Read(response).ToCompletion(request, origin) };
    }

    private static IEnumerable<ChatCompletionUpdate> Update(string text, string reasoning) =>
        text.Length > 0 || reasoning.Length > 0 ? [new ChatCompletionUpdate { Text = text, Reasoning = reasoning.Length > 0 ? reasoning : null }] : [];
}
