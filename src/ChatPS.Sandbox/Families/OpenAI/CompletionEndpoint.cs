using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Answers a text completion with "You said: " and the prompt, for each prompt n times.</summary>
internal sealed class CompletionEndpoint
{
    private const int DefaultMaxTokens = 16;

    private readonly EndpointCall _call;
    private readonly string _id;
    private readonly long _created;
    private readonly string _model;
    private readonly bool _stream;
    private readonly bool _echo;
    private readonly bool _includesUsage;
    private readonly int? _logProbs;
    private readonly TextChoice[] _choices;
    private readonly Usage _usage;

    private CompletionEndpoint(EndpointCall call)
    {
        _call = call;
        Fields body = call.Body;
        List<Prompt> prompts = Prompt.Read(body);
        call.CheckSampling();
        _model = call.Model();
        _id = call.Id("cmpl");
        _created = call.Created.ToUnixTimeSeconds();
        _stream = body.Flag("stream");
        _echo = body.Flag("echo");
        _includesUsage = call.IncludesUsage(_stream);
        _logProbs = body.Integer("logprobs", 0, 5);
        int count = body.Integer("n", 1, 128) ?? 1;
        CheckBestOf(body, count);
        int maxTokens = body.Integer("max_tokens", 0) ?? DefaultMaxTokens;
        IReadOnlyList<string> stops = call.Stops();
        string? suffix = body.Text("suffix");
        _choices = prompts
            .SelectMany(prompt => Enumerable.Range(0, count).Select(index => Generation.Of(Generation.Numbered(AnswerText(prompt, suffix), index), stops, maxTokens))
                .Select(text => (prompt, text)))
            .Select((choice, index) => new TextChoice(index, choice.prompt.Text, choice.text))
            .ToArray();
        _usage = new Usage(prompts.Sum(static prompt => prompt.TokenCount), 0, _choices.Sum(static choice => choice.Generation.TokenCount));
    }

    public static Answer Handle(EndpointCall call)
    {
        CompletionEndpoint endpoint = new(call);
        return endpoint._stream ? Answer.OfEvents(endpoint.Events()) : new Answer { Json = endpoint.Write };
    }

    private string AnswerText(Prompt prompt, string? suffix) => _call.Text
        ?? (suffix is null ? "You said: " + prompt.Text : $"You said: {prompt.Text} (before: {suffix})");

    private void CheckBestOf(Fields body, int count)
    {
        if (body.Integer("best_of", 0, 20) is not { } bestOf)
        {
            return;
        }

        if (bestOf < count)
        {
            throw new ApiException(ApiError.Invalid("You requested that the server return more choices than it will generate (best_of must be >= n).", "best_of"));
        }

        if (_stream && bestOf > count)
        {
            throw new ApiException(ApiError.Invalid("Results cannot be streamed when 'best_of' is greater than 'n'.", "best_of"));
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        WriteStart(json);
        foreach (TextChoice choice in _choices)
        {
            string prefix = _echo ? choice.Prompt : "";
            List<string> tokens = _logProbs is null ? [] : [.. Tokens.Split(prefix), .. choice.Generation.TokenList];
            WriteChoice(json, choice.Index, prefix + choice.Generation.Text, tokens, 0, choice.Generation.FinishReason);
        }

        json.WriteEndArray();
        _usage.Write(json);
        json.WriteEndObject();
    }

    private List<Action<Utf8JsonWriter>> Events()
    {
        List<Action<Utf8JsonWriter>> events = [];
        int longest = _choices.Max(choice => choice.Pieces(_echo).Count);
        for (int i = 0; i <= longest; i++)
        {
            foreach (TextChoice choice in _choices)
            {
                IReadOnlyList<string> pieces = choice.Pieces(_echo);
                if (i <= pieces.Count)
                {
                    string piece = i < pieces.Count ? pieces[i] : "";
                    string? finishReason = i < pieces.Count ? null : choice.Generation.FinishReason;
                    int offset = choice.Advance(piece.Length);
                    events.Add(json => WriteChunk(json, choice.Index, piece, offset, finishReason));
                }
            }
        }

        if (_includesUsage)
        {
            events.Add(WriteUsage);
        }

        return events;
    }

    private void WriteChunk(Utf8JsonWriter json, int index, string piece, int offset, string? finishReason)
    {
        WriteStart(json);
        WriteChoice(json, index, piece, _logProbs is null ? [] : Tokens.Split(piece), offset, finishReason);
        json.WriteEndArray();
        if (_includesUsage)
        {
            json.WriteNull("usage"u8);
        }

        json.WriteEndObject();
    }

    private void WriteUsage(Utf8JsonWriter json)
    {
        WriteStart(json);
        json.WriteEndArray();
        _usage.Write(json);
        json.WriteEndObject();
    }

    private void WriteStart(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, _created);
        json.WriteString("model"u8, _model);
        json.WriteString("system_fingerprint"u8, "fp_sandbox"u8);
        json.WriteStartArray("choices"u8);
    }

    private void WriteChoice(Utf8JsonWriter json, int index, string text, IReadOnlyList<string> tokens, int offset, string? finishReason)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, index);
        if (_logProbs is { } top)
        {
            LogProbs.WriteText(json, tokens, top, offset);
        }
        else
        {
            json.WriteNull("logprobs"u8);
        }

        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
    }

    private sealed class TextChoice(int index, string prompt, Generation generation)
    {
        private List<string>? _pieces;
        private int _offset;

        public int Index => index;

        public string Prompt => prompt;

        public Generation Generation => generation;

        public IReadOnlyList<string> Pieces(bool echo) => _pieces ??= [.. echo ? Tokens.Split(prompt) : [], .. generation.TokenList];

        public int Advance(int length)
        {
            int offset = _offset;
            _offset += length;
            return offset;
        }
    }

    private sealed record Prompt(string Text, int TokenCount)
    {
        private const string Expected = "a string, an array of strings, an array of tokens, or an array of arrays of tokens";

        public static List<Prompt> Read(Fields body)
        {
            JsonElement element = body.Required("prompt");
            if (element.ValueKind == JsonValueKind.String)
            {
                return [OfText(element)];
            }

            if (element.ValueKind != JsonValueKind.Array)
            {
                throw new ApiException(ApiError.WrongType("prompt", Expected, element));
            }

            List<JsonElement> items = element.EnumerateArray().ToList();
            if (items.Count == 0)
            {
                throw new ApiException(ApiError.Invalid("Invalid 'prompt': empty array. Expected an array with minimum length 1, but got an empty array instead.", "prompt", "empty_array"));
            }

            return items.TrueForAll(static item => item.ValueKind == JsonValueKind.String) ? items.ConvertAll(OfText)
                : items.TrueForAll(IsToken) ? [OfTokens(items.Count)]
                : items.TrueForAll(static item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0 && item.EnumerateArray().All(IsToken))
                    ? items.ConvertAll(static item => OfTokens(item.GetArrayLength()))
                    : throw new ApiException(ApiError.WrongType("prompt", Expected, element));
        }

        private static bool IsToken(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int token) && token >= 0;

        private static Prompt OfText(JsonElement element)
        {
            string text = element.GetString()!;
            return new Prompt(text, Tokens.Count(text));
        }

        private static Prompt OfTokens(int count) => new(string.Format(CultureInfo.InvariantCulture, count == 1 ? "[{0} token]" : "[{0} tokens]", count), count);
    }
}
