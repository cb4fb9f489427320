using System.Collections.Concurrent;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Schemas;

namespace ChatPS.Client.Chat;

/// <summary>
/// Gets answers that fit a schema: tells the service in the best way that it understands, checks what comes, and sends back to
/// the model what does not fit.
/// </summary>
/// <param name="ask">Asks once.</param>
internal sealed class StructuredChat(Func<ChatRequest, CallSettings, CancellationToken, Task<ChatCompletion>> ask)
{
    private static readonly string[] FormatWords =
    [
        "response_format", "response format", "json_schema", "json_object", "structured output", "strict", "output_config", "output_format", "output format",
        "jsonSchema", "response_mime_type", "responseMimeType", "response mime type", "json mode",
    ];

    private readonly ConcurrentDictionary<string, SchemaMode> _known = new(StringComparer.Ordinal);

    /// <summary>Gets an answer that fits.</summary>
    /// <param name="request">The request, with its <see cref="ChatRequest.Output"/>.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ChatServiceException">The model refused, was cut off, or did not find the form.</exception>
    public async Task<ChatCompletion> AskAsync(ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        OutputFormat output = request.Output!;
        ChatRequest next = request;
        for (int repairs = 0; ; repairs++)
        {
            ChatCompletion answer = await AskInSomeWayAsync(next, model, settings, cancellationToken);
            if (answer.ToolCalls.Count > 0)
            {
                // Not the last word yet.
                return answer;
            }

            IReadOnlyList<string> errors = Check(answer, output);
            if (errors.Count == 0)
            {
                return answer;
            }

            if (repairs == output.RepairAttempts)
            {
                throw Misfit(answer, errors, repairs);
            }

            settings.Verbose?.Invoke($"The answer does not fit the schema ({errors[0]}). Asking again.");
            next = request.After(answer) with { Appendix = [answer.Message!, Complaint(errors, output)], Before = Spent.Of(answer) };
        }
    }

    /// <summary>Checks an answer that cannot be asked for again.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="output">The form that it must have.</param>
    /// <exception cref="ChatServiceException">The model refused, was cut off, or did not find the form.</exception>
    public static void Require(ChatCompletion answer, OutputFormat output)
    {
        if (answer.ToolCalls.Count == 0 && Check(answer, output) is { Count: > 0 } errors)
        {
            throw Misfit(answer, errors, output.RepairAttempts);
        }
    }

    /// <summary>Checks an answer that was kept. One that does not fit was not kept so.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ChatServiceException">It does not fit the schema that was asked for.</exception>
    public static ChatCompletion RequireFit(ChatCompletion answer, ChatRequest request) =>
        request.Output is null || answer.ToolCalls.Count > 0 || request.Output.Read(answer) is not { Errors: { Count: > 0 } errors } ? answer
        : throw Failure(
            ErrorIds.CheckpointFailed,
            answer,
            $"The checkpoint holds an answer that does not fit the schema: {string.Join("; ", errors.Take(3))} The file was changed.",
            "Use -CheckpointMode Replace to start over, or another -CheckpointPath.");

    /// <summary>Makes a request that tells its form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mode">The way to tell it.</param>
    /// <returns>The request.</returns>
    public static ChatRequest Tell(ChatRequest request, SchemaMode mode) => mode switch
    {
        SchemaMode.JsonObject => request with { ResponseFormat = new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "json_object" }, Instructions = request.Output!.Instructions },
        SchemaMode.Prompt => request with { Instructions = request.Output!.Instructions },
        _ => request with { ResponseFormat = request.Output!.ResponseFormat },
    };

    private async Task<ChatCompletion> AskInSomeWayAsync(ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        SchemaMode wanted = request.Output!.Mode;
        SchemaMode mode = wanted != SchemaMode.Auto ? wanted : _known.TryGetValue(model, out SchemaMode known) ? known : SchemaMode.JsonSchema;
        while (true)
        {
            try
            {
                return await ask(Tell(request, mode), settings, cancellationToken);
            }
            catch (ChatServiceException failure) when (wanted == SchemaMode.Auto && mode != SchemaMode.Prompt && IsAboutForm(failure))
            {
                mode++;
                _known[model] = mode;
                settings.Verbose?.Invoke($"{model} does not know this form of schema: {failure.Message} Trying {mode}.");
            }
        }
    }

    private static bool IsAboutForm(ChatServiceException failure) =>
        failure.ErrorId is ErrorIds.InvalidRequest or ErrorIds.ServerError
        && failure.StatusCode is not null
        && Array.Exists(FormatWords, word => Says(failure.ServiceParameter, word) || Says(failure.Message, word));

    private static bool Says(string? text, string word) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static ChatMessage Complaint(IReadOnlyList<string> errors, OutputFormat output) => new(
        "user", $"Your answer does not fit:\n{string.Join("\n", errors)}\n\n{output.Instructions}");

    private static IReadOnlyList<string> Check(ChatCompletion answer, OutputFormat output)
    {
        RequireWhole(answer);
        return output.Read(answer).Errors;
    }

    private static void RequireWhole(ChatCompletion answer)
    {
        if (answer.Refusal is { Length: > 0 } refusal)
        {
            throw Failure(ErrorIds.ContentFiltered, answer, $"The model refused to answer: {refusal}", "Look at the input; another model may answer.");
        }

        if (answer.FinishReason == "content_filter")
        {
            throw Failure(ErrorIds.ContentFiltered, answer, "The service's content rules cut the answer off.", "Look at the input; Test-ChatModeration can tell beforehand.");
        }

        if (answer.FinishReason is "max_messages" or "steered" or "incomplete")
        {
            throw Failure(ErrorIds.BadResponse, answer, $"The service ended the answer before it was whole ({answer.FinishReason}), and half an answer is none.", "Ask again, or ask for less.");
        }

        if (answer.FinishReason == "length")
        {
            throw Failure(ErrorIds.BadResponse, answer, "The answer was cut off at the limit of tokens, and half an answer is none.", "Raise -MaxCompletionTokens, or ask for less.");
        }
    }

    private static ChatServiceException Misfit(ChatCompletion answer, IReadOnlyList<string> errors, int repairs) => Failure(
        ErrorIds.BadResponse,
        answer,
        $"The answer does not fit the schema: {string.Join("; ", errors.Take(3))}{(errors.Count > 3 ? " …" : "")}",
        repairs == 0 ? "Let the model mend it with -RepairAttempt 1, or use a model that knows schemas." : "Use a model that knows schemas, or a simpler schema.");

    private static ChatServiceException Failure(string id, ChatCompletion answer, string message, string action) => new(id, message, action)
    {
        RequestId = answer.RequestId,
        PartialText = answer.Text,
        ResponseBody = answer.Raw,
        Attempts = 1,
    };
}
