using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Generates content, whole or as a stream, with the calls, thoughts and sources that the request asks for.</summary>
internal sealed class GeminiEndpoint
{
    private const string Signature = "c2FuZGJveC10aG91Z2h0";
    private const string Thought = "I repeat what I was told.";

    private const int PictureSide = 1024;

    private readonly EndpointCall _call;
    private readonly GeminiRequest _request;
    private readonly string _model;
    private readonly Reply[] _replies;
    private readonly GeminiPause?[] _pieces;

    private GeminiEndpoint(EndpointCall call)
    {
        JsonElement body = call.Body.Root;
        _call = call;
        _model = call["model"];
        if (!call.Exists(_model))
        {
            throw GeminiModels.NotFound(_model);
        }

        _request = new GeminiRequest(body, _model);
        Question question = new()
        {
            Number = call.Number,
            UserText = _request.Conversation.UserText,
            ToolResult = _request.Conversation.ToolResult,
            Scripted = call.Text,
            Tools = _request.Tools,
            WantsJson = _request.WantsJson,
            Schema = _request.Schema,
            Stops = _request.Stops,
            MaxTokens = _request.MaxTokens,
        };
        _replies = Enumerable.Range(0, _request.CandidateCount).Select(index => Reply.To(question, index)).ToArray();
        _pieces = [.. _replies.Select(reply => reply.Text is { } text ? GeminiPause.Of(_request, text) : null)];
    }

    public static Answer Handle(EndpointCall call)
    {
        GeminiEndpoint endpoint = new(call);
        if (!call.Exchange.Record.Stream)
        {
            return new Answer { Json = endpoint.WriteWhole };
        }

        List<Action<Utf8JsonWriter>> events = endpoint.Events();
        return call.Query["alt"] == "sse" ? Answer.OfEvents(events) with { HasEndMark = false } : new Answer { Json = json => WriteArray(json, events) };
    }

    private static void WriteArray(Utf8JsonWriter json, List<Action<Utf8JsonWriter>> events)
    {
        json.WriteStartArray();
        foreach (Action<Utf8JsonWriter> write in events)
        {
            write(json);
        }

        json.WriteEndArray();
    }

    private void WriteWhole(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("candidates"u8);
        for (int i = 0; i < _replies.Length; i++)
        {
            Action<Utf8JsonWriter>[] parts = _pieces[i] is { } piece ? [writer => WriteSigned(writer, string.Concat(piece.Tokens), isEnd: piece.Next is null)] : [.. Calls(_replies[i])];
            WriteCandidate(json, i, [.. Lead(), .. parts], isLast: true);
        }

        json.WriteEndArray();
        WriteEnd(json, isLast: true);
    }

    // The candidates take turns, one token each.
    private List<Action<Utf8JsonWriter>> Events()
    {
        List<(int Index, Action<Utf8JsonWriter>[] Parts, bool IsLast)> pieces = [];
        for (int i = 0; i < _replies.Length; i++)
        {
            List<Action<Utf8JsonWriter>[]> groups = [.. Lead().Select(static part => new[] { part })];
            groups.AddRange(_pieces[i] is { } piece
                ? piece.Tokens.Select(token => new Action<Utf8JsonWriter>[] { writer => WriteText(writer, token) })
                : [[.. Calls(_replies[i])]]);
            if (_request.HasLevel && _pieces[i]?.Next is null && _replies[i].Text is not null)
            {
                // The signature of a streamed text comes behind it.
                groups.Add([writer => WriteSigned(writer, "", isEnd: true)]);
            }

            if (groups.Count == 0)
            {
                groups.Add([writer => WriteText(writer, "")]);
            }

            pieces.AddRange(groups.Select((parts, place) => (i, parts, place == groups.Count - 1)));
        }

        List<Action<Utf8JsonWriter>> events = [];
        IEnumerable<(int Index, Action<Utf8JsonWriter>[] Parts, bool IsLast)> inTurn = pieces
            .GroupBy(static piece => piece.Index)
            .SelectMany(static group => group.Select(static (piece, place) => (piece, place)))
            .OrderBy(static item => item.place)
            .Select(static item => item.piece);
        int left = pieces.Count;
        foreach ((int index, Action<Utf8JsonWriter>[] parts, bool isLast) in inTurn)
        {
            bool isLastOfAll = --left == 0;
            events.Add(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("candidates"u8);
                WriteCandidate(json, index, parts, isLast);
                json.WriteEndArray();
                WriteEnd(json, isLastOfAll);
            });
        }

        return events;
    }

    private void WriteCandidate(Utf8JsonWriter json, int index, IEnumerable<Action<Utf8JsonWriter>> parts, bool isLast)
    {
        json.WriteStartObject();
        if (_request.LacksThoughts)
        {
            json.WriteString("finishReason"u8, "MISSING_THOUGHT_SIGNATURE"u8);
            json.WriteNumber("index"u8, index);
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("content"u8);
        json.WriteStartArray("parts"u8);
        foreach (Action<Utf8JsonWriter> write in parts)
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("role"u8, "model"u8);
        json.WriteEndObject();
        if (isLast)
        {
            json.WriteString("finishReason"u8, _pieces[index]?.Next is not null ? "CONTINUATION"u8 : _replies[index].Text?.FinishReason == "length" ? "MAX_TOKENS"u8 : "STOP"u8);
            if (_pieces[index]?.Next is { } token)
            {
                json.WriteString("continuationToken"u8, token);
            }

            WriteSafety(json);
            if (_replies[index].Text is { } text)
            {
                WriteSources(json, text.Text);
                WriteLogProbs(json, text.TokenList);
            }
        }

        json.WriteNumber("index"u8, index);
        json.WriteEndObject();
    }

    private void WriteEnd(Utf8JsonWriter json, bool isLast)
    {
        int input = _request.Conversation.PromptTokens;
        int output = _replies.Select((reply, index) => _pieces[index]?.Tokens.Count ?? reply.TokenCount).Sum();
        int thoughts = _request.Thinks ? Tokens.Count(Thought) : 0;
        json.WriteStartObject("usageMetadata"u8);
        json.WriteNumber("promptTokenCount"u8, input);
        if (isLast)
        {
            json.WriteNumber("candidatesTokenCount"u8, output);
        }

        if (thoughts > 0)
        {
            json.WriteNumber("thoughtsTokenCount"u8, thoughts);
        }

        json.WriteNumber("totalTokenCount"u8, input + thoughts + (isLast ? output : 0));
        json.WriteEndObject();
        if (GeminiModels.Status(new ModelLife(_model, _call.Created)) is { } status)
        {
            json.WritePropertyName("modelStatus"u8);
            Shape.ToElement(status).WriteTo(json);
        }

        json.WriteString("modelVersion"u8, _model);
        json.WriteString("responseId"u8, _call.Id("gemini"));
        json.WriteEndObject();
    }

    // What stands before the answer: thoughts, and code that ran.
    private IEnumerable<Action<Utf8JsonWriter>> Lead()
    {
        if (_request.TellsThoughts)
        {
            yield return static json =>
            {
                WriteText(json, Thought);
                json.WriteBoolean("thought"u8, true);
            };
        }

        if (_request.WantsPicture)
        {
            yield return json =>
            {
                json.WriteStartObject("inlineData"u8);
                json.WriteString("mimeType"u8, "image/png"u8);
                json.WriteBase64String("data"u8, Picture.Of(_request.Conversation.UserText, "png", PictureSide, PictureSide));
                json.WriteEndObject();
            };
        }

        if (Uses("codeExecution"))
        {
            yield return static json =>
            {
                json.WriteStartObject("executableCode"u8);
                json.WriteString("language"u8, "PYTHON"u8);
                json.WriteString("code"u8, "print(6 * 7)"u8);
                json.WriteEndObject();
            };
            yield return static json =>
            {
                json.WriteStartObject("codeExecutionResult"u8);
                json.WriteString("outcome"u8, "OUTCOME_OK"u8);
                json.WriteString("output"u8, "42\n"u8);
                json.WriteEndObject();
            };
        }
    }

    private IEnumerable<Action<Utf8JsonWriter>> Calls(Reply reply) => reply.Calls.Select((call, place) => (Action<Utf8JsonWriter>)(json =>
    {
        json.WriteStartObject("functionCall"u8);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("args"u8);
        json.WriteRawValue(call.Arguments);
        json.WriteEndObject();
        if (_request.Thinks && place == 0)
        {
            json.WriteString("thoughtSignature"u8, Signature);
        }
    }));

    private void WriteSigned(Utf8JsonWriter json, string text, bool isEnd)
    {
        WriteText(json, text);
        if (_request.HasLevel && isEnd)
        {
            json.WriteString("thoughtSignature"u8, Signature);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text) => json.WriteString("text"u8, text);

    private static void WriteSafety(Utf8JsonWriter json)
    {
        json.WriteStartArray("safetyRatings"u8);
        json.WriteStartObject();
        json.WriteString("category"u8, "HARM_CATEGORY_HARASSMENT"u8);
        json.WriteString("probability"u8, "NEGLIGIBLE"u8);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // A tool of the service runs once, before any function answers.
    private bool Uses(string tool) =>
        _request.BuiltInTools.Contains(tool) && _request.Conversation.ToolResult is null && _call.Text is null && BuiltInTools.IsAskedFor(_request.Conversation.UserText, tool);

    private void WriteSources(Utf8JsonWriter json, string text)
    {
        if (Uses("urlContext"))
        {
            json.WriteStartObject("urlContextMetadata"u8);
            json.WriteStartArray("urlMetadata"u8);
            json.WriteStartObject();
            json.WriteString("retrievedUrl"u8, "https://example.com/sandbox"u8);
            json.WriteString("urlRetrievalStatus"u8, "URL_RETRIEVAL_STATUS_SUCCESS"u8);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (!Uses("googleSearch"))
        {
            return;
        }

        json.WriteStartObject("groundingMetadata"u8);
        json.WriteStartArray("webSearchQueries"u8);
        json.WriteStringValue(_request.Conversation.UserText);
        json.WriteEndArray();
        json.WriteStartArray("groundingChunks"u8);
        json.WriteStartObject();
        json.WriteStartObject("web"u8);
        json.WriteString("uri"u8, "https://example.com/sandbox"u8);
        json.WriteString("title"u8, "example.com"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("groundingSupports"u8);
        json.WriteStartObject();
        json.WriteStartObject("segment"u8);
        json.WriteNumber("endIndex"u8, System.Text.Encoding.UTF8.GetByteCount(text));
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        json.WriteStartArray("groundingChunkIndices"u8);
        json.WriteNumberValue(0);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteLogProbs(Utf8JsonWriter json, IReadOnlyList<string> tokens)
    {
        if (_request.TopLogProbs is not { } top)
        {
            return;
        }

        json.WriteStartObject("logprobsResult"u8);
        json.WriteStartArray("chosenCandidates"u8);
        foreach (string token in tokens)
        {
            WriteToken(json, token, 0);
        }

        json.WriteEndArray();
        json.WriteStartArray("topCandidates"u8);
        foreach (string token in tokens)
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates"u8);
            for (int rank = 0; rank < top; rank++)
            {
                WriteToken(json, token, rank);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, string token, int rank)
    {
        json.WriteStartObject();
        json.WriteString("token"u8, LogProbs.Alternative(token, rank));
        json.WriteNumber("logProbability"u8, LogProbs.Of(token, rank));
        json.WriteEndObject();
    }
}
