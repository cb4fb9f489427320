using System.Globalization;
using System.Text;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Json;
using ChatPS.Client.Models;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Reads Gemini's answers.</summary>
internal static class GeminiAnswerMapper
{
    /// <summary>Reads an answer, and joins it to what came before where the service had paused.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    public static ChatCompletion FromWire(GeminiResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        GeminiCandidate[] answers = InOrder(response);
        if (Earlier(request) is { Count: > 0 } earlier)
        {
            answers[0].Content = new GeminiContent { Role = "model", Parts = [.. earlier, .. answers[0].Content?.Parts ?? []] };
        }

        return FromWire(response, answers, request, origin);
    }

    /// <summary>Reads an answer that was put together of a stream, with what came before the service paused.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    public static ChatCompletion FromStream(GeminiResponse response, ChatRequest request, IAnswerOrigin origin) => FromWire(response, InOrder(response), request, origin);

    /// <summary>Finds what came of an answer before the service paused.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>The parts; none for most.</returns>
    public static IReadOnlyList<GeminiPart> Earlier(ChatRequest request) => request.Round?.Before?.Message is not { } message ? []
        : message is { Raw: null, Reasoning: { } thoughts } ? [new GeminiPart { Text = thoughts, Thought = true }, .. GeminiMessageMapper.ToAnswer(message)]
        : GeminiMessageMapper.ToAnswer(message);

    private static GeminiCandidate[] InOrder(GeminiResponse response) => response.Candidates is { Count: > 0 } candidates
        ? [.. candidates.OrderBy(candidate => candidate.Index ?? 0)]
        : throw (response.PromptFeedback?.BlockReason is { } reason
            ? new WireFormatException(Blocked(reason, response.PromptFeedback), response.Raw)
            : WireFormatException.NoAnswer("The answer has no candidates.", response.Raw));

    private static ChatCompletion FromWire(GeminiResponse response, GeminiCandidate[] answers, ChatRequest request, IAnswerOrigin origin)
    {
        // What a checkpoint kept is no news.
        if (origin is CallContext call && response.ModelStatus is { } life)
        {
            call.RetiresAt = ModelFacts.Time(life.TextOf("retirementTime"));
        }

        if (GeminiFinish.Failure(answers) is { } failure)
        {
            throw new WireFormatException(failure, response.Raw);
        }

        if (request.Round is { } round)
        {
            round.Next = answers is [{ FinishReason: GeminiFinish.Paused, ContinuationToken: { Length: > 0 } token }] ? token : null;
        }

        AnswerParts parts = new()
        {
            Choices = [.. answers.Select((candidate, place) => ToChoice(candidate, candidate.Index ?? place, request))],
            Raw = request.Round?.Join(response.Raw) ?? response.Raw,
            Id = response.ResponseId,
            Model = response.ModelVersion is { } model ? GeminiModelName.ToId(model) : null,
            Created = DateTimeOffset.TryParse(response.CreateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null,
            Usage = ToUsage(response.UsageMetadata),
            ServiceTier = response.UsageMetadata?.ServiceTier,
            ContentFilters =
            [
                .. ToFilters(response.PromptFeedback?.SafetyRatings, "prompt", 0),
                .. answers.SelectMany((candidate, place) => ToFilters(candidate.SafetyRatings, "answer", candidate.Index ?? place)),
            ],
            BuiltInCalls = [.. request.Round?.Before?.BuiltInCalls ?? [], .. GeminiSourceMapper.ToBuiltInCalls(answers[0])],
        };
        return parts.ToCompletion(request, origin);
    }

    private static ApiError Blocked(string reason, GeminiPromptFeedback feedback)
    {
        string[] found = [.. (feedback.SafetyRatings ?? []).Where(IsDetected).Select(rating => $"{rating.Category} {rating.Probability}")];
        string why = found.Length > 0 ? string.Join(", ", found) : feedback.BlockReasonMessage ?? "it gives no details";
        return new ApiError($"The prompt was blocked ({reason}): {why}.", "content_filter", reason);
    }

    private static ChatChoice ToChoice(GeminiCandidate candidate, int index, ChatRequest request)
    {
        ChatMessage message = ToMessage(candidate, request);
        return new ChatChoice
        {
            Index = index,
            FinishReason = candidate.FinishReason is { } reason ? GeminiFinish.ToWord(reason, message.ToolCalls.Count > 0) : null,
            Message = message,
            LogProbs = ToLogProbs(candidate.LogprobsResult),
        };
    }

    private static ChatMessage ToMessage(GeminiCandidate candidate, ChatRequest request)
    {
        IReadOnlyList<GeminiPart> parts = candidate.Content?.Parts ?? [];
        string reasoning = string.Concat(parts.Where(part => part.Thought == true).Select(part => part.Text));
        ChatMessage message = new()
        {
            Role = "assistant",
            Content = ToContent(parts),
            ToolCalls = [.. parts.Select(part => part.FunctionCall).OfType<GeminiFunctionCall>().Select((call, place) => new ChatToolCall
            {
                Id = call.Id is { Length: > 0 } id ? id : GeminiMessageMapper.MakeId(request, place),
                Name = call.Name ?? "",
                Arguments = call.Args?.GetRawText() ?? "{}",
            })],
            Reasoning = reasoning.Length > 0 ? reasoning : null,
            Audio = ToAudio(parts),
            Refusal = candidate is { FinishReason: { } reason, FinishMessage: { Length: > 0 } words } && GeminiFinish.ToWord(reason, callsTools: false) == "content_filter" ? words : null,
            Citations = [.. request.Round?.Before?.Citations ?? [], .. GeminiSourceMapper.ToCitations(candidate)],
        };
        if (!parts.All(IsWhollyTranslated))
        {
            message.Raw = Write(parts);
            message.RawDialect = GeminiDialect.DialectName;
        }

        return message;
    }

    /// <summary>Writes parts as JSON.</summary>
    /// <param name="parts">The parts.</param>
    /// <returns>The JSON, of which nothing that came is missing.</returns>
    public static string Write(IEnumerable<GeminiPart> parts)
    {
        ArraySegment<byte> json = WireJson.Write(parts.ToList(), GeminiJsonContext.Default);
        return Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count);
    }

    private static List<ChatContent> ToContent(IEnumerable<GeminiPart> parts)
    {
        List<ChatContent> content = [];
        foreach (GeminiPart part in parts.Where(part => part.Thought != true))
        {
            if (part.Text is { Length: > 0 } text)
            {
                if (content is [.., { Type: "text" } last])
                {
                    last.Text += text;
                }
                else
                {
                    content.Add(ChatContent.FromText(text));
                }
            }
            else if (part.InlineData is { Data: { } data } blob && !IsAudio(part))
            {
                string address = $"data:{blob.MimeType};base64,{data}";
                content.Add(IsOf(blob, "image/") ? new ChatContent { Type = "image_url", Url = address } : new ChatContent { Type = "file", Data = address });
            }
        }

        return content;
    }

    private static ChatAudio? ToAudio(IEnumerable<GeminiPart> parts)
    {
        GeminiBlob[] sounds = [.. parts.Where(IsAudio).Select(part => part.InlineData!)];
        return sounds.Length == 0 ? null : new ChatAudio
        {
            Format = ToFormat(sounds[0].MimeType!),
            Data = [.. sounds.SelectMany(sound => AudioMapper.Decode(sound.Data ?? ""))],
        };
    }

    // Speech comes as audio/L16;codec=pcm;rate=24000.
    private static string ToFormat(string type) =>
        type.StartsWith("audio/L16", StringComparison.OrdinalIgnoreCase) || type.StartsWith("audio/pcm", StringComparison.OrdinalIgnoreCase) ? "pcm16" : type.Split(';')[0].Substring("audio/".Length);

    private static bool IsAudio(GeminiPart part) => part is { InlineData: { } blob, Thought: not true } && IsOf(blob, "audio/");

    private static bool IsOf(GeminiBlob blob, string type) => blob.MimeType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true;

    // Thoughts without a signature need not go back.
    private static bool IsWhollyTranslated(GeminiPart part) =>
        part is { ThoughtSignature: null, FileData: null, ExecutableCode: null, CodeExecutionResult: null, AdditionalProperties: null or { Count: 0 } } && !IsAudio(part);

    private static bool IsDetected(GeminiSafetyRating rating) => FilterResults.IsDetected(rating.Probability, rating.Blocked == true);

    private static IEnumerable<ChatContentFilter> ToFilters(IEnumerable<GeminiSafetyRating>? ratings, string source, int index) => (ratings ?? []).Select(rating => new ChatContentFilter
    {
        Source = source,
        Index = index,
        Category = rating.Category ?? "",
        Severity = rating.Probability,
        Detected = IsDetected(rating),
        Blocked = rating.Blocked == true,
    });

    private static ChatUsage? ToUsage(GeminiUsage? usage)
    {
        if (usage is null)
        {
            return null;
        }

        int input = TokenCount.Sum(TokenCount.Of(usage.PromptTokenCount), TokenCount.Of(usage.ToolUsePromptTokenCount));
        int output = TokenCount.Sum(TokenCount.Of(usage.CandidatesTokenCount), TokenCount.Of(usage.ThoughtsTokenCount));
        return new ChatUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = usage.TotalTokenCount is > 0 and { } total ? total : TokenCount.Sum(input, output),
            CachedTokens = TokenCount.Of(usage.CachedContentTokenCount),
            ReasoningTokens = TokenCount.Of(usage.ThoughtsTokenCount),
            InputAudioTokens = AudioTokens(usage.PromptTokensDetails),
            OutputAudioTokens = AudioTokens(usage.CandidatesTokensDetails),
        };
    }

    private static int AudioTokens(IEnumerable<GeminiModalityTokens>? kinds) => (kinds ?? []).Where(kind => kind.Modality == "AUDIO").Aggregate(0, (sum, kind) => TokenCount.Sum(sum, TokenCount.Of(kind.TokenCount)));

    private static ChatTokenLogProb[] ToLogProbs(GeminiLogprobs? probabilities) =>
    [
        .. (probabilities?.ChosenCandidates ?? []).Select((token, place) => new ChatTokenLogProb
        {
            Token = token.Token ?? "",
            LogProb = token.LogProbability,
            Top = probabilities!.TopCandidates is { } top && place < top.Count
                ? [.. (top[place].Candidates ?? []).Select(other => new ChatTokenLogProb { Token = other.Token ?? "", LogProb = other.LogProbability })]
                : [],
        }),
    ];
}
