using ChatPS.Api.Chat;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>A chat request as a request for a response.</summary>
internal static class ResponseRequestMapper
{
    public static ResponseRequest ToWire(ChatRequest request, string model, bool stream)
    {
        if (stream && request.Background)
        {
            throw Failures.Invalid("-Background does not go with -Stream or -Show: what is made in the background comes whole.", "Leave out -Background, or -Stream and -Show.");
        }

        Dictionary<string, object?>? format = Format(request);
        ResponseMessageMapper input = ResponseMessageMapper.Of(request, format?.Get("type") as string);
        ResponseRequest body = new()
        {
            Model = model,
            Input = input.Items,
            Instructions = input.Instructions,
            PreviousResponseId = request.PreviousResponseId,
            Conversation = request.ConversationId,
            Background = request.Background ? true : null,
            Stream = stream ? true : null,
            StreamOptions = stream && request.IncludeObfuscation is { } pads ? new StreamOptions { IncludeObfuscation = pads } : null,
            Temperature = request.Temperature,
            TopP = request.TopP,
            TopLogprobs = request.TopLogProbs,
            MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            Text = format is null && request.Verbosity is null ? null : new TextOptions { Format = PlainJson.ToElement(format, "-ResponseFormat"), Verbosity = request.Verbosity },
            Reasoning = Thinks(request) ? new ReasoningOptions { Effort = request.ReasoningEffort, Summary = request.ReasoningSummary } : null,
            Tools = ResponseToolMapper.ToWire(request),
            ToolChoice = ResponseToolMapper.Choice(request),
            ParallelToolCalls = request.ParallelToolCalls,
            Moderation = PlainJson.ToElement(request.Moderation, "-Moderation"),
            ServiceTier = request.ServiceTier,
            Store = request.Store,
            Metadata = request.Metadata,
            PromptCacheKey = request.PromptCacheKey,
            PromptCacheRetention = request.PromptCacheRetention,
            PromptCacheOptions = PlainJson.ToElement(request.PromptCacheOptions, "-PromptCacheOption"),
            SafetyIdentifier = request.SafetyIdentifier,
            User = request.User,
        };
        string[] includes = [.. Includes(request, body)];
        body.Include = includes.Length > 0 ? includes : null;
        return body;
    }

    /// <summary>Translates a request whose tokens are to be counted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <returns>The members that counting takes.</returns>
    public static ResponseRequest ToCount(ChatRequest request, string model)
    {
        ResponseRequest whole = ToWire(request, model, stream: false);
        return new ResponseRequest
        {
            Model = whole.Model,
            Input = whole.Input,
            Instructions = whole.Instructions,
            PreviousResponseId = whole.PreviousResponseId,
            Conversation = whole.Conversation,
            Text = whole.Text,
            Reasoning = whole.Reasoning,
            Tools = whole.Tools,
            ToolChoice = whole.ToolChoice,
            ParallelToolCalls = whole.ParallelToolCalls,
        };
    }

    private static Dictionary<string, object?>? Format(ChatRequest request) => request.ResponseFormat switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> format => ResponseToolMapper.Flatten(format),
        _ => throw Failures.Invalid("-ResponseFormat: that is no format.", "Name one, such as json_object, or give a hashtable with type."),
    };

    private static bool Thinks(ChatRequest request) => request.ReasoningEffort is not null || request.ReasoningSummary is not null;

    private static IEnumerable<string> Includes(ChatRequest request, ResponseRequest body)
    {
        if (request.LogProbs == true)
        {
            yield return "message.output_text.logprobs";
        }

        // What the service does not keep must come back with the next request, or the model would not know what it thought.
        if (request.Store == false && Thinks(request))
        {
            yield return "reasoning.encrypted_content";
        }

        foreach (string include in ResponseToolMapper.Includes(body.Tools ?? []))
        {
            yield return include;
        }
    }
}
