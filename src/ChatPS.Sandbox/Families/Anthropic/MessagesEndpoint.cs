using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Answers as the chat does; thinks before it where it is told to, and runs the tools of the service that the prompt asks for.</summary>
internal sealed class MessagesEndpoint
{
    private readonly MessagesRequest _request;
    private readonly string _id;
    private readonly List<AnswerBlock> _blocks = [];
    private readonly string _stopReason;
    private readonly string? _stopSequence;
    private readonly int _thinkingTokens;
    private readonly int _outputTokens;
    private readonly string? _container;

    private MessagesEndpoint(EndpointCall call)
    {
        _request = MessagesRequest.Read(call);
        _id = call.Id("msg");
        MessagesConversation conversation = _request.Conversation;
        Reply reply = Reply.To(new Question
        {
            Number = call.Number,
            UserText = conversation.UserText,
            ToolResult = conversation.ToolResult,
            Scripted = call.Text,
            Tools = _request.Tools.Functions,
            WantsJson = _request.Schema is not null,
            Schema = _request.Schema,
            Stops = _request.Stops,
            MaxTokens = _request.MaxTokens,
        });
        if (_request.Thinks)
        {
            string thought = conversation.ToolResult is null ? "I am asked: " + conversation.UserText : "I am told: " + conversation.ToolResult;
            _thinkingTokens = Tokens.Count(thought);
            string told = _request.HidesThoughts ? "" : thought;
            _blocks.Add(AnswerBlock.Thinking(told, ThoughtSeal.Of(told)));
            if (conversation.UserText.IndexOf("hide a thought", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                _blocks.Add(AnswerBlock.HiddenThinking(ThoughtSeal.Of(thought)));
            }
        }

        List<(string Name, string Type)> used = [.. conversation.ToolResult is not null || call.Text is not null ? [] : _request.Tools.UsedFor(conversation.UserText)];
        PausedTurn? pause = used.Count == 0 ? null : PausedTurn.Of(_request, used[0], call.Id("srvtoolu_" + used[0].Name));
        _blocks.AddRange(pause?.Blocks ?? used.SelectMany(tool => ServerToolCall.Of(tool.Name, tool.Type, conversation.UserText, call.Id("srvtoolu_" + tool.Name))));
        _container = pause?.Container;
        if (pause?.IsOver == false)
        {
            _stopReason = "pause_turn";
            _outputTokens = _thinkingTokens + 1;
            return;
        }

        _outputTokens = _thinkingTokens + reply.TokenCount;
        if (reply.Text is { } text)
        {
            if (text.Text.Length > 0)
            {
                _blocks.Add(AnswerBlock.Text(text, used.Exists(static tool => tool.Name == "web_search") ? ServerToolCall.Page : null));
            }

            _stopSequence = text.StopSequence;
            _stopReason = text.FinishReason == "length" ? "max_tokens" : _stopSequence is null ? "end_turn" : "stop_sequence";
        }
        else
        {
            _blocks.AddRange(reply.Calls.Select(static tool => AnswerBlock.ToolUse(tool.Id.Replace("call_", "toolu_"), tool.Name, tool.Arguments)));
            _stopReason = "tool_use";
        }
    }

    public static Answer Handle(EndpointCall call)
    {
        MessagesEndpoint endpoint = new(call);
        return endpoint._request.Stream ? new Answer { Events = endpoint.Events(), HasEndMark = false } : new Answer { Json = json => endpoint.WriteMessage(json, isWhole: true) };
    }

    private List<StreamEvent> Events()
    {
        List<StreamEvent> events =
        [
            Event("message_start", json =>
            {
                json.WritePropertyName("message"u8);
                WriteMessage(json, isWhole: false);
            }),
        ];
        for (int i = 0; i < _blocks.Count; i++)
        {
            AnswerBlock block = _blocks[i];
            events.Add(BlockEvent("content_block_start", i, "content_block", block.Start));
            if (i == 0)
            {
                events.Add(Event("ping", static _ => { }));
            }

            foreach (Action<Utf8JsonWriter> delta in block.Deltas)
            {
                events.Add(BlockEvent("content_block_delta", i, "delta", delta));
            }

            events.Add(BlockEvent("content_block_stop", i, null, static _ => { }));
        }

        events.Add(Event("message_delta", json =>
        {
            json.WriteStartObject("delta"u8);
            WriteStop(json);
            json.WriteEndObject();
            WriteUsage(json, _outputTokens);
        }));
        events.Add(Event("message_stop", static _ => { }));
        return events;
    }

    private static StreamEvent BlockEvent(string type, int index, string? member, Action<Utf8JsonWriter> write) => Event(type, json =>
    {
        json.WriteNumber("index"u8, index);
        if (member is not null)
        {
            json.WriteStartObject(member);
            write(json);
            json.WriteEndObject();
        }
    });

    private static StreamEvent Event(string type, Action<Utf8JsonWriter> write) => new(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            write(json);
            json.WriteEndObject();
        },
        type);

    private void WriteMessage(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, _request.Model);
        json.WriteStartArray("content"u8);
        foreach (AnswerBlock block in isWhole ? _blocks : [])
        {
            json.WriteStartObject();
            block.Whole(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (isWhole)
        {
            WriteStop(json);
        }
        else
        {
            json.WriteNull("stop_reason"u8);
            json.WriteNull("stop_sequence"u8);
        }

        WriteUsage(json, isWhole ? _outputTokens : 1);
        json.WriteEndObject();
    }

    private void WriteStop(Utf8JsonWriter json)
    {
        json.WriteString("stop_reason"u8, _stopReason);
        json.WriteString("stop_sequence"u8, _stopSequence);
        if (_container is not null)
        {
            json.WriteStartObject("container"u8);
            json.WriteString("id"u8, _container);
            json.WriteString("expires_at"u8, "2030-01-01T00:00:00Z"u8);
            json.WriteEndObject();
        }
    }

    private void WriteUsage(Utf8JsonWriter json, int outputTokens)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, _request.Conversation.Tokens);
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, 0);
        json.WriteNumber("output_tokens"u8, outputTokens);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("thinking_tokens"u8, _thinkingTokens);
        json.WriteEndObject();
        json.WriteString("service_tier"u8, "standard"u8);
        json.WriteEndObject();
    }
}
