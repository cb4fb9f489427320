using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>
/// Answers a chat with "You said: " and the text of the last user message, or "The tool answered: " and the result of
/// a tool; with JSON, tool calls, sound or the citation of a web page where the request asks for them.
/// </summary>
internal sealed class ChatEndpoint
{
    private readonly EndpointCall _call;
    private readonly ChatRequest _request;
    private readonly string _id;
    private readonly long _created;
    private readonly ChatChoice[] _choices;
    private readonly Usage _usage;

    private ChatEndpoint(EndpointCall call)
    {
        _call = call;
        _request = ChatRequest.Read(call);
        _id = call.Id("chatcmpl");
        _created = call.Created.ToUnixTimeSeconds();
        Conversation conversation = _request.Conversation;
        Question question = new()
        {
            Number = call.Number,
            UserText = conversation.UserText,
            ToolResult = conversation.ToolResult,
            Scripted = call.Text ?? MakingModels.Say(call, _request.Model, conversation.UserText),
            Tools = _request.Tools,
            WantsJson = _request.WantsJson,
            Schema = _request.Schema,
            Stops = _request.Stops,
            MaxTokens = _request.MaxTokens,
        };
        _choices = Enumerable.Range(0, _request.ChoiceCount).Select(index => Choice(question, index)).ToArray();
        _usage = new Usage(conversation.PromptTokens, conversation.ImageTokens, _choices.Sum(static choice => choice.TokenCount));
    }

    public static Answer Handle(EndpointCall call, StoredCompletions stored)
    {
        ChatEndpoint endpoint = new(call);
        if (endpoint._request.IsStored)
        {
            endpoint.Keep(stored);
        }

        return endpoint._request.Stream ? Answer.OfEvents(endpoint.Events()) : new Answer { Json = endpoint.Write };
    }

    private void Keep(StoredCompletions stored)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            Write(json);
        }

        using JsonDocument document = JsonDocument.Parse(body.ToArray());
        stored.Keep(_id, _request.Model, document.RootElement, _request.Messages, _request.Metadata);
    }

    private ChatChoice Choice(Question question, int index)
    {
        Reply reply = Reply.To(question, index);
        return reply.Text is { } text
            ? new ChatChoice(index, text) { Speech = SpeechOf(index), CitesTheWeb = _request.SearchesWeb, Reasoning = _request.Reasoning, Task = question.Scripted is null ? DecisionTask.Find(question.UserText) : null }
            : new ChatChoice(index, [.. reply.Calls.Select((call, place) => place == 0 ? call with { Signature = _request.Reasoning?.CallSignature } : call)], _request.Tools.IsLegacy) { Reasoning = _request.Reasoning };
    }

    private Speech? SpeechOf(int index) => _request.AudioFormat is { } format
        ? new Speech(_call.Id("audio") + (index == 0 ? "" : "-" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), format, _call.Created.AddHours(1))
        : null;

    private void Write(Utf8JsonWriter json)
    {
        WriteStart(json, "chat.completion");
        json.WriteStartArray("choices"u8);
        foreach (ChatChoice choice in _choices)
        {
            choice.Write(json, _request.LogProbs && !MakingModels.KeepsTokens(_request.Model) ? _request.TopLogProbs ?? 0 : null, _call.TellsFilters);
        }

        json.WriteEndArray();
        _usage.Write(json);
        json.WriteEndObject();
    }

    // The choices take turns, one token each.
    private List<Action<Utf8JsonWriter>> Events()
    {
        int? top = _request.LogProbs ? _request.TopLogProbs ?? 0 : null;
        List<Action<Utf8JsonWriter>> events = [];
        List<IEnumerator<Action<Utf8JsonWriter>>> running = _choices.Select(choice => choice.Deltas(top).GetEnumerator()).ToList();
        while (running.Count > 0)
        {
            foreach (IEnumerator<Action<Utf8JsonWriter>> choice in running.ToArray())
            {
                if (choice.MoveNext())
                {
                    Action<Utf8JsonWriter> delta = choice.Current;
                    events.Add(json => WriteChunk(json, delta));
                }
                else
                {
                    choice.Dispose();
                    running.Remove(choice);
                }
            }
        }

        if (_request.IncludesUsage)
        {
            events.Add(json => WriteChunk(json, null));
        }

        return events;
    }

    private void WriteChunk(Utf8JsonWriter json, Action<Utf8JsonWriter>? choice)
    {
        WriteStart(json, "chat.completion.chunk");
        json.WriteStartArray("choices"u8);
        choice?.Invoke(json);
        json.WriteEndArray();
        if (choice is null)
        {
            _usage.Write(json);
        }
        else if (_request.IncludesUsage)
        {
            json.WriteNull("usage"u8);
        }

        json.WriteEndObject();
    }

    private void WriteStart(Utf8JsonWriter json, string objectType)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("object"u8, objectType);
        json.WriteNumber("created"u8, _created);
        json.WriteString("model"u8, _request.Model);
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteString("system_fingerprint"u8, "fp_sandbox"u8);
        if (_call.TellsFilters)
        {
            ContentFilter.WritePrompts(json);
        }
    }
}
