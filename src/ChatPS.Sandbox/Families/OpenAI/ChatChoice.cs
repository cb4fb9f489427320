using System.Text.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>One choice of a chat answer: a text, or calls of tools.</summary>
internal sealed class ChatChoice
{
    private readonly int _index;
    private readonly Generation? _text;
    private readonly IReadOnlyList<ToolCall> _calls = [];
    private readonly bool _isLegacy;

    public ChatChoice(int index, Generation text)
    {
        _index = index;
        _text = text;
    }

    public ChatChoice(int index, IReadOnlyList<ToolCall> calls, bool isLegacy)
    {
        _index = index;
        _calls = calls;
        _isLegacy = isLegacy;
    }

    /// <summary>The sound of the text, where it is spoken.</summary>
    public Speech? Speech { get; init; }

    /// <summary>Whether the text rests on a web page.</summary>
    public bool CitesTheWeb { get; init; }

    /// <summary>The question whose label the text is.</summary>
    public DecisionTask? Task { get; init; }

    /// <summary>How the model tells its reasoning; null for one that tells none.</summary>
    public ReasoningModel? Reasoning { get; init; }

    public int TokenCount => _text?.TokenCount ?? _calls.Sum(static call => Tokens.Count(call.Name) + Tokens.Count(call.Arguments));

    private string FinishReason => _text?.FinishReason ?? (_isLegacy ? "function_call" : "tool_calls");

    public void Write(Utf8JsonWriter json, int? topLogProbs, bool tellsFilters)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, _index);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, Speech is null ? _text?.Text : null);
        json.WriteNull("refusal"u8);
        Reasoning?.Write(json);
        WriteAnnotations(json);
        Speech?.Write(json, _text!.Text);
        if (_isLegacy)
        {
            WriteFunctionCall(json, _calls[0].Name, _calls[0].Arguments);
        }
        else if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (ToolCall call in _calls)
            {
                call.Write(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteLogProbs(json, _text is null ? null : topLogProbs, _text?.TokenList ?? [], Task?.Alternatives);
        json.WriteString("finish_reason"u8, FinishReason);
        if (tellsFilters)
        {
            ContentFilter.WriteResults(json);
        }

        json.WriteEndObject();
    }

    /// <summary>The choice as the pieces of a stream: the reasoning, the role, each token, the finish reason.</summary>
    public IEnumerable<Action<Utf8JsonWriter>> Deltas(int? topLogProbs)
    {
        foreach (Action<Utf8JsonWriter> thought in Reasoning?.Deltas() ?? [])
        {
            yield return json => WriteDelta(json, null, null, thought);
        }

        if (_text is { } text)
        {
            yield return json => WriteDelta(json, null, null, delta =>
            {
                delta.WriteString("role"u8, "assistant"u8);
                delta.WriteString("content"u8, ""u8);
                delta.WriteNull("refusal"u8);
            });
            if (Speech is { } speech)
            {
                foreach (Action<Utf8JsonWriter> piece in speech.Deltas(text.TokenList))
                {
                    yield return json => WriteDelta(json, null, null, piece);
                }
            }
            else
            {
                foreach (string token in text.TokenList)
                {
                    yield return json => WriteDelta(json, token, topLogProbs, delta => delta.WriteString("content"u8, token));
                }
            }

            if (CitesTheWeb)
            {
                yield return json => WriteDelta(json, null, null, WriteAnnotations);
            }
        }
        else if (_isLegacy)
        {
            yield return json => WriteDelta(json, null, null, delta =>
            {
                WriteRole(delta);
                WriteFunctionCall(delta, _calls[0].Name, "");
            });
            foreach (string piece in Tokens.Split(_calls[0].Arguments))
            {
                yield return json => WriteDelta(json, null, null, delta => WriteFunctionCall(delta, null, piece));
            }
        }
        else
        {
            foreach (Action<Utf8JsonWriter> delta in CallDeltas())
            {
                yield return delta;
            }
        }

        yield return json => WriteDelta(json, null, null, static _ => { }, FinishReason);
    }

    private void WriteAnnotations(Utf8JsonWriter json)
    {
        json.WriteStartArray("annotations"u8);
        if (CitesTheWeb && _text is { Text.Length: > 0 } text)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "url_citation"u8);
            json.WriteStartObject("url_citation"u8);
            json.WriteNumber("start_index"u8, 0);
            json.WriteNumber("end_index"u8, text.Text.Length - 1);
            json.WriteString("url"u8, "https://example.com/sandbox"u8);
            json.WriteString("title"u8, "A page of the sandbox"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IEnumerable<Action<Utf8JsonWriter>> CallDeltas()
    {
        for (int i = 0; i < _calls.Count; i++)
        {
            int index = i;
            ToolCall call = _calls[i];
            yield return json => WriteDelta(json, null, null, delta =>
            {
                if (index == 0)
                {
                    WriteRole(delta);
                }

                WriteCall(delta, () => call.WriteStart(delta, index));
            });
            foreach (string piece in Tokens.Split(call.Arguments))
            {
                yield return json => WriteDelta(json, null, null, delta => WriteCall(delta, () => call.WriteDelta(delta, index, piece)));
            }
        }
    }

    private static void WriteRole(Utf8JsonWriter json)
    {
        json.WriteString("role"u8, "assistant"u8);
        json.WriteNull("content"u8);
    }

    private static void WriteCall(Utf8JsonWriter json, Action write)
    {
        json.WriteStartArray("tool_calls"u8);
        write();
        json.WriteEndArray();
    }

    private static void WriteFunctionCall(Utf8JsonWriter json, string? name, string arguments)
    {
        json.WriteStartObject("function_call"u8);
        if (name is not null)
        {
            json.WriteString("name"u8, name);
        }

        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
    }

    private static void WriteLogProbs(Utf8JsonWriter json, int? top, IEnumerable<string> tokens, IReadOnlyList<(string Token, decimal LogProb)>? first = null)
    {
        if (top is { } count)
        {
            LogProbs.WriteChat(json, tokens, count, first);
        }
        else
        {
            json.WriteNull("logprobs"u8);
        }
    }

    private void WriteDelta(Utf8JsonWriter json, string? token, int? topLogProbs, Action<Utf8JsonWriter> write, string? finishReason = null)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, _index);
        json.WriteStartObject("delta"u8);
        write(json);
        json.WriteEndObject();
        WriteLogProbs(json, topLogProbs, token is null ? [] : [token]);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
    }
}
