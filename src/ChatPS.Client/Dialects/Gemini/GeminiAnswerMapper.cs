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
    public static ChatCompletion FromWire(GeminiResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        if (response.Candidates is not { Count: > 0 } candidates)
        {
            throw response.PromptFeedback?.BlockReason is { } reason
                ? new WireFormatException(Blocked(reason, response.PromptFeedback), response.Raw)
                : WireFormatException.NoAnswer("The answer has no candidates.", response.Raw);
        }

        // What a checkpoint kept is no news.
        if (origin is CallContext call && response.ModelStatus is { } life)
        {
            call.RetiresAt = ModelFacts.Time(life.TextOf("retirementTime"));
        }

        GeminiCandidate[] answers = [.. candidates.OrderBy(candidate => candidate.Index ?? 0)];
        AnswerParts parts = new()
        {
            Choices = [.. answers.Select((candidate, place) => ToChoice(candidate, candidate.Index ?? place, request))],
            Raw = response.Raw,
            Id = response.ResponseId,
            Model = response.ModelVersion is { } model ? GeminiModelName.ToId(model) : null,
            Created = DateTimeOffset.TryParse(response.CreateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null,
            Usage = ToUsage(response.UsageMetadata),
            ContentFilters =
            [
                .. ToFilters(response.PromptFeedback?.SafetyRatings, "prompt", 0),
                .. answers.SelectMany((candidate, place) => ToFilters(candidate.SafetyRatings, "answer", candidate.Index ?? place)),
            ],
            BuiltInCalls = GeminiSourceMapper.ToBuiltInCalls(answers[0]),
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
            FinishReason = candidate.FinishReason is { } reason ? ToFinishReason(reason, message) : null,
            Message = message,
            LogProbs = ToLogProbs(candidate.LogprobsResult),
        };
    }

    private static string ToFinishReason(string reason, ChatMessage message) => reason switch
    {
        "STOP" => message.ToolCalls.Count > 0 ? "tool_calls" : "stop",
        "MAX_TOKENS" => "length",
        "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => "content_filter",
        _ => reason.ToLowerInvariant(),
    };

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
            Citations = GeminiSourceMapper.ToCitations(candidate),
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
