using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>
/// Answers as chat does, in the form of a response: reasoning where it is asked for, what the model says on its way where it is <see cref="PhaseModel"/>, a call of each of the service's own tools that
/// the prompt names with "use", then text or calls of functions.
/// </summary>
internal sealed class ResponseEndpoint
{
    private readonly EndpointCall _call;
    private readonly ResponseRequest _request;
    private readonly Reply _reply;
    private readonly List<Dictionary<string, object?>> _output = [];

    private ResponseEndpoint(EndpointCall call, ResponseRequest request)
    {
        _call = call;
        _request = request;
        _reply = Reply.To(new Question
        {
            Number = call.Number,
            UserText = request.Input.UserText,
            ToolResult = request.Input.ToolResult,
            Scripted = call.Text,
            Tools = request.Tools.Functions,
            WantsJson = request.WantsJson,
            Schema = request.Schema,
            MaxTokens = request.MaxTokens,
        });
        MakeOutput();
    }

    private string Id => "resp_" + Suffix;

    private string Suffix => string.Format(CultureInfo.InvariantCulture, "sandbox_{0:D6}", _call.Number);

    private bool IsCut => _reply.Text?.FinishReason == "length";

    private static string Thought => "The sandbox thinks about what it was asked.";

    public static Answer Create(EndpointCall call, StoredResponses stored)
    {
        ResponseRequest request = ResponseRequest.Read(call, stored);
        ResponseEndpoint endpoint = new(call, request);
        Dictionary<string, object?> response = endpoint.Whole();
        stored.Keep(request, endpoint.Id, response, endpoint._output);
        if (request.Stream)
        {
            return new Answer { Events = endpoint.Events(response), HasEndMark = false };
        }

        return Answer.OfJson(request.IsBackground ? Unfinished(response, "queued") : response);
    }

    public static Answer Count(EndpointCall call, StoredResponses stored) =>
        Answer.OfJson(Shape.Of(("object", "response.input_tokens"), ("input_tokens", ResponseRequest.Read(call, stored).InputTokens)));

    /// <summary>A response before it is whole.</summary>
    /// <param name="response">The whole response.</param>
    /// <param name="status">How far it has come.</param>
    /// <returns>The response as it is.</returns>
    public static Dictionary<string, object?> Unfinished(Dictionary<string, object?> response, string status)
    {
        Dictionary<string, object?> unfinished = response.With(("status", status), ("completed_at", null), ("incomplete_details", null), ("output", Array.Empty<object>()));
        unfinished.Remove("usage");
        return unfinished;
    }

    private void MakeOutput()
    {
        if (_request.Thinks)
        {
            object[] summary = _request.Summary is null ? [] : [Shape.Of(("type", "summary_text"), ("text", Thought))];
            _output.Add(Shape.Of(
                ("id", "rs_" + Suffix), ("type", "reasoning"), ("summary", summary),
                ("encrypted_content", _request.Includes.Contains("reasoning.encrypted_content", StringComparer.Ordinal) ? "c2FuZGJveA==" : null)));
        }

        string prompt = _request.Input.UserText;
        JsonElement[] used = [.. _request.Input.ToolResult is not null || _call.Text is not null ? [] : _request.Tools.UsedFor(prompt, _call.Options.Documents)];
        List<Dictionary<string, object?>> found = [.. used.Where(static tool => tool.TextOf("type") == "file_search").SelectMany(tool => FileSearch.Find(tool, prompt, _call.Options.Documents))];
        List<Dictionary<string, object?>> calls = [.. used.SelectMany(tool => BuiltInCalls.Of(tool, prompt, Suffix, _request.Includes, found))];
        _output.AddRange(calls);
        if (_request.HasPhases)
        {
            _output.Add(Message("msg_on_the_way_" + Suffix, "completed", TextPart(PhaseModel.Remark, [], [])).With(("phase", "commentary")));
        }

        if (_reply.Text is { } text)
        {
            Dictionary<string, object?> message = Message("msg_" + Suffix, IsCut ? "incomplete" : "completed", TextPart(text.Text, BuiltInCalls.Annotations(calls, text.Text.Length, found), text.TokenList));
            _output.Add(_request.HasPhases ? message.With(("phase", "final_answer")) : message);
        }

        _output.AddRange(_reply.Calls.Select((call, index) => Shape.Of(
            ("id", string.Format(CultureInfo.InvariantCulture, "fc_{0}_{1}", Suffix, index)), ("type", "function_call"), ("status", "completed"),
            ("call_id", call.Id), ("name", call.Name), ("arguments", call.Arguments))));
    }

    private static Dictionary<string, object?> Message(string id, string status, Dictionary<string, object?> part) =>
        Shape.Of(("id", id), ("type", "message"), ("status", status), ("role", "assistant"), ("content", new[] { part }));

    private Dictionary<string, object?> TextPart(string text, IEnumerable<Dictionary<string, object?>> annotations, IEnumerable<string> tokens) => Shape.Of(
        ("type", "output_text"), ("text", text), ("annotations", annotations.ToArray()),
        ("logprobs", _request.Includes.Contains("message.output_text.logprobs", StringComparer.Ordinal) ? tokens.Select(Token).ToArray() : []));

    private Dictionary<string, object?> Token(string token) => Ranked(token, 0).With(
        ("top_logprobs", Enumerable.Range(0, _request.TopLogProbs ?? 0).Select(rank => Ranked(token, rank)).ToArray()));

    private static Dictionary<string, object?> Ranked(string token, int rank)
    {
        string text = LogProbs.Alternative(token, rank);
        return Shape.Of(("token", text), ("logprob", LogProbs.Of(token, rank)), ("bytes", System.Text.Encoding.UTF8.GetBytes(text).Select(static b => (int)b).ToArray()));
    }

    private Dictionary<string, object?> Whole()
    {
        Fields body = _request.Body;
        object? Echo(string member, object? otherwise) => body.TryGet(member, out JsonElement value) ? value.Clone() : otherwise;
        int thought = _request.Thinks ? Tokens.Count(Thought) : 0;
        int output = _reply.TokenCount + thought;
        long created = _call.Created.ToUnixTimeSeconds();
        return Shape.Of(
            ("id", Id),
            ("object", "response"),
            ("created_at", created),
            ("status", IsCut ? "incomplete" : "completed"),
            ("background", _request.IsBackground),
            ("completed_at", IsCut ? null : created),
            ("error", null),
            ("incomplete_details", IsCut ? Shape.Of(("reason", "max_output_tokens")) : null),
            ("instructions", _request.Instructions),
            ("max_output_tokens", _request.MaxTokens),
            ("model", _request.Model),
            ("output", _output),
            ("parallel_tool_calls", Echo("parallel_tool_calls", true)),
            ("previous_response_id", _request.PreviousId),
            ("conversation", _request.ConversationId is { } conversation ? Shape.Of(("id", conversation)) : null),
            ("reasoning", Echo("reasoning", Shape.Of(("effort", null), ("summary", null)))),
            ("service_tier", "default"),
            ("store", _request.IsStored),
            ("temperature", Echo("temperature", 1)),
            ("text", Echo("text", Shape.Of(("format", Shape.Of(("type", "text")))))),
            ("tool_choice", Echo("tool_choice", "auto")),
            ("tools", Echo("tools", Array.Empty<object>())),
            ("top_p", Echo("top_p", 1)),
            ("truncation", Echo("truncation", "disabled")),
            ("usage", Shape.Of(
                ("input_tokens", _request.InputTokens),
                ("input_tokens_details", Shape.Of(("cached_tokens", 0), ("cache_write_tokens", 0))),
                ("output_tokens", output),
                ("output_tokens_details", Shape.Of(("reasoning_tokens", thought))),
                ("total_tokens", _request.InputTokens + output))),
            ("metadata", Echo("metadata", Shape.Of())));
    }

    private List<StreamEvent> Events(Dictionary<string, object?> response)
    {
        List<StreamEvent> events = [];
        void Add(string type, params (string Name, object? Value)[] members)
        {
            Dictionary<string, object?> data = Shape.Of(("type", type), ("sequence_number", events.Count)).With(members);
            events.Add(new StreamEvent(json => PlainJson.Write(json, data), type));
        }

        Dictionary<string, object?> begun = Unfinished(response, "in_progress");
        Add("response.created", ("response", begun));
        Add("response.in_progress", ("response", begun));
        for (int i = 0; i < _output.Count; i++)
        {
            Dictionary<string, object?> item = _output[i];
            int index = i;
            void AddOf(string type, params (string Name, object? Value)[] members) => Add(type, [("item_id", item["id"]), ("output_index", index), .. members]);
            Add("response.output_item.added", ("output_index", index), ("item", Beginning(item)));
            switch (item["type"])
            {
                case "message":
                    AddText(item, AddOf);
                    break;
                case "function_call":
                    string arguments = (string)item["arguments"]!;
                    Tokens.Split(arguments).ForEach(piece => AddOf("response.function_call_arguments.delta", ("delta", piece)));
                    AddOf("response.function_call_arguments.done", ("name", item["name"]), ("arguments", arguments));
                    break;
                case "reasoning" when _request.Summary is not null:
                    AddThought(AddOf);
                    break;
                case string type when type.EndsWith("_call", StringComparison.Ordinal) && type != "reasoning":
                    AddOf($"response.{type}.in_progress");
                    AddOf($"response.{type}.completed");
                    break;
            }

            Add("response.output_item.done", ("output_index", index), ("item", item));
        }

        Add(IsCut ? "response.incomplete" : "response.completed", ("response", response));
        return events;
    }

    private static Dictionary<string, object?> Beginning(Dictionary<string, object?> item) => item["type"] switch
    {
        "message" => item.With(("status", "in_progress"), ("content", Array.Empty<object>())),
        "function_call" => item.With(("status", "in_progress"), ("arguments", "")),
        "reasoning" => item.With(("summary", Array.Empty<object>())),
        _ => item.ContainsKey("status") ? item.With(("status", "in_progress")) : item,
    };

    private void AddText(Dictionary<string, object?> item, Action<string, (string Name, object? Value)[]> add)
    {
        bool isRemark = item.TryGetValue("phase", out object? phase) && phase is "commentary";
        Dictionary<string, object?> part = ((Dictionary<string, object?>[])item["content"]!)[0];
        add("response.content_part.added", [("content_index", 0), ("part", TextPart("", [], []))]);
        foreach (string token in isRemark ? Tokens.Split(PhaseModel.Remark) : _reply.Text!.TokenList)
        {
            add("response.output_text.delta", [("content_index", 0), ("delta", token), ("logprobs", Array.Empty<object>())]);
        }

        int annotation = 0;
        foreach (Dictionary<string, object?> citation in (Dictionary<string, object?>[])part["annotations"]!)
        {
            add("response.output_text.annotation.added", [("content_index", 0), ("annotation_index", annotation++), ("annotation", citation)]);
        }

        add("response.output_text.done", [("content_index", 0), ("text", part["text"]), ("logprobs", part["logprobs"])]);
        add("response.content_part.done", [("content_index", 0), ("part", part)]);
    }

    private static void AddThought(Action<string, (string Name, object? Value)[]> add)
    {
        add("response.reasoning_summary_part.added", [("summary_index", 0), ("part", Shape.Of(("type", "summary_text"), ("text", "")))]);
        Tokens.Split(Thought).ForEach(piece => add("response.reasoning_summary_text.delta", [("summary_index", 0), ("delta", piece)]));
        add("response.reasoning_summary_text.done", [("summary_index", 0), ("text", Thought)]);
        add("response.reasoning_summary_part.done", [("summary_index", 0), ("part", Shape.Of(("type", "summary_text"), ("text", Thought)))]);
    }
}
