using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Json;

namespace ChatPS.Client.Text;

/// <summary>Between a text completion in plain terms, the wire, and the object that users see.</summary>
internal static class TextMapper
{
    public static CompletionRequest ToWire(TextRequest request, ConnectionSettings connection, CallSettings settings, bool stream)
    {
        request.ValidateParameters(stream);
        return new CompletionRequest
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            Model = connection.ModelFor(request.Model),
            Prompt = PlainJson.ToElement(request.Prompt, "-Prompt"),
            Stream = stream ? true : null,
            StreamOptions = stream ? new StreamOptions { IncludeUsage = true, IncludeObfuscation = request.IncludeObfuscation } : null,
            BestOf = request.BestOf,
            Echo = request.Echo,
            FrequencyPenalty = request.FrequencyPenalty,
            LogitBias = request.LogitBias,
            Logprobs = request.LogProbs,
            MaxTokens = request.MaxTokens,
            N = request.N,
            PresencePenalty = request.PresencePenalty,
            Seed = request.Seed,
            Stop = request.Stop,
            Suffix = request.Suffix,
            Temperature = request.Temperature,
            TopP = request.TopP,
            User = request.User,
        };
    }

    public static ChatTextCompletion FromWire(CompletionResponse response, TextRequest request, IAnswerOrigin origin)
    {
        if (response.Choices is not { Count: > 0 } choices)
        {
            throw WireFormatException.NoAnswer("The answer has no choices.", response.Raw);
        }

        for (int i = 0; i < choices.Count; i++)
        {
            UnderSuccess.RequireNone(choices[i], choices[i].FinishReason, response.Raw);
        }

        List<ChatTextChoice> answers = [.. choices.Select((choice, place) => new ChatTextChoice
        {
            Index = choice.Index ?? place,
            Text = choice.Text ?? "",
            FinishReason = choice.FinishReason,
            LogProbs = LogProbMapper.FromText(choice.Logprobs),
        }).OrderBy(choice => choice.Index)];

        return Create(answers, response, request, origin);
    }

    public static ChatTextCompletion Create(IReadOnlyList<ChatTextChoice> choices, CompletionResponse response, TextRequest request, IAnswerOrigin origin)
    {
        if (!choices.Any(choice => choice.Text.Length > 0 || choice.FinishReason is not null))
        {
            throw new WireFormatException("The answer says nothing.", response.Raw);
        }

        ChatUsage? usage = UsageMapper.FromWire(response.Usage);
        return new ChatTextCompletion
        {
            Text = choices[0].Text,
            FinishReason = choices[0].FinishReason,
            Choices = [.. choices],
            Usage = request.Before.With(usage),
            Cost = request.Before.With(origin.Succeed(response.Model, usage)),
            Model = response.Model,
            RequestedModel = request.RequestedModel,
            Id = response.Id,
            Created = UnixTime.From(response.Created),
            Elapsed = request.Before.Elapsed + origin.Elapsed,
            RequestId = origin.RequestId,
            Connection = origin.ConnectionName,
            FallbackFrom = [.. request.FallbackFrom],
            Index = request.Index,
            Input = request.Input,
            Raw = Redactor.Redact(response.Raw, origin.Secrets),
            SystemFingerprint = response.SystemFingerprint,
        };
    }
}
