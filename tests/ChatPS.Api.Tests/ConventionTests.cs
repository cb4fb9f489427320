using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatPS.Api.Audio;
using ChatPS.Api.Batches;
using ChatPS.Api.Billing;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;
using ChatPS.Api.Wire;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Api.Tests;

public sealed class ConventionTests
{
    private static readonly Assembly Api = typeof(ApiRequest).Assembly;

    public static TheoryData<Type> WireTypes => [.. Api.GetExportedTypes().Where(type =>
        type is { IsClass: true, IsAbstract: false } && type != typeof(ApiError) && !type.IsSubclassOf(typeof(JsonSerializerContext)) && !type.IsSubclassOf(typeof(Exception)))];

    // The other dialects have answers with such members of their own, which their readers look at.
    private static readonly string?[] OpenAIs = [.. new[] { typeof(ChatCompletionResponse), typeof(CompletionResponse), typeof(Model), typeof(ModerationResponse), typeof(TranscriptionResponse), typeof(BillingUsage) }.Select(type => type.Namespace)];

    public static TheoryData<Type> Answers => [.. Api.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(ApiResponseBody)) && OpenAIs.Contains(type.Namespace))];

    public static TheoryData<Type, string> OfficialAnswers => new()
    {
        { typeof(ModelList), "ListModelsResponse" },
        { typeof(Model), "Model" },
        { typeof(ModelDeletion), "DeleteModelResponse" },
        { typeof(Batch), "Batch" },
        { typeof(BatchList), "ListBatchesResponse" },
        { typeof(BatchRequest), "CreateBatchRequest" },
        { typeof(BatchExpiry), "BatchFileExpirationAfter" },
        { typeof(BatchError), "BatchError" },
        { typeof(BatchRequestCounts), "BatchRequestCounts" },
        { typeof(ChatCompletionResponse), "CreateChatCompletionResponse" },
        { typeof(ChatCompletionList), "ChatCompletionList" },
        { typeof(StoredMessageList), "ChatCompletionMessageList" },
        { typeof(ChatCompletionDeletion), "ChatCompletionDeleted" },
        { typeof(ChatResponseMessage), "ChatCompletionResponseMessage" },
        { typeof(ToolCall), "ChatCompletionMessageToolCalls" },
        { typeof(TokenLogprob), "ChatCompletionTokenLogprob" },
        { typeof(Usage), "CompletionUsage" },
        { typeof(ChatModeration), "ChatCompletionModeration" },
        { typeof(ChatModerationOutcome), "ChatCompletionModerationResults" },
        { typeof(ChatModerationOutcome), "ChatCompletionModerationError" },
        { typeof(ModerationResult), "ModerationResultBody" },
        { typeof(ChatCompletionChunk), "CreateChatCompletionStreamResponse" },
        { typeof(ChatDelta), "ChatCompletionStreamResponseDelta" },
        { typeof(ToolCallDelta), "ChatCompletionMessageToolCallChunk" },
        { typeof(CompletionResponse), "CreateCompletionResponse" },
        { typeof(ModerationResponse), "CreateModerationResponse" },
        { typeof(SpeechEvent), "SpeechAudioDeltaEvent" },
        { typeof(SpeechEvent), "SpeechAudioDoneEvent" },
        { typeof(TranscriptionResponse), "CreateTranscriptionResponseJson" },
        { typeof(TranscriptionResponse), "CreateTranscriptionResponseVerboseJson" },
        { typeof(TranscriptionResponse), "CreateTranscriptionResponseDiarizedJson" },
        { typeof(TranscriptionResponse), "CreateTranslationResponseVerboseJson" },
        { typeof(TranscriptionEvent), "TranscriptTextDeltaEvent" },
        { typeof(TranscriptionEvent), "TranscriptTextSegmentEvent" },
        { typeof(TranscriptionEvent), "TranscriptTextDoneEvent" },
        { typeof(TranscriptionSegment), "TranscriptionSegment" },
        { typeof(TranscriptionSegment), "TranscriptionDiarizedSegment" },
        { typeof(TranscriptionWord), "TranscriptionWord" },
        { typeof(TranscriptionLanguage), "TranscriptionLanguage" },
        { typeof(AudioUsage), "TranscriptTextUsageTokens" },
        { typeof(AudioUsage), "TranscriptTextUsageDuration" },
    };

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void WireType_Always_IsSealedAndInTheContext(Type type)
    {
        Assert.True(type.IsSealed);
        Assert.Equal(type, Wire.TypeInfo(type).Type);
    }

    [Theory]
    [MemberData(nameof(OfficialAnswers))]
    public void ResponseType_Always_HasEveryOfficialField(Type type, string schema) => AssertHasMembers(type, OpenApiDescription.Official.MembersOf(schema));

    [Theory]
    [InlineData(typeof(ChatChoice), "CreateChatCompletionResponse", "choices")]
    [InlineData(typeof(ChatLogprobs), "CreateChatCompletionResponse", "choices/logprobs")]
    [InlineData(typeof(ChatChunkChoice), "CreateChatCompletionStreamResponse", "choices")]
    [InlineData(typeof(ChatLogprobs), "CreateChatCompletionStreamResponse", "choices/logprobs")]
    [InlineData(typeof(FunctionCall), "ChatCompletionMessageToolCallChunk", "function")]
    [InlineData(typeof(FunctionCall), "ChatCompletionMessageToolCall", "function")]
    [InlineData(typeof(CustomToolCall), "ChatCompletionMessageCustomToolCall", "custom")]
    [InlineData(typeof(Annotation), "ChatCompletionResponseMessage", "annotations")]
    [InlineData(typeof(UrlCitation), "ChatCompletionResponseMessage", "annotations/url_citation")]
    [InlineData(typeof(ResponseAudio), "ChatCompletionResponseMessage", "audio")]
    [InlineData(typeof(StoredMessage), "ChatCompletionMessageList", "data")]
    [InlineData(typeof(PromptTokensDetails), "CompletionUsage", "prompt_tokens_details")]
    [InlineData(typeof(CompletionTokensDetails), "CompletionUsage", "completion_tokens_details")]
    [InlineData(typeof(CompletionChoice), "CreateCompletionResponse", "choices")]
    [InlineData(typeof(CompletionLogprobs), "CreateCompletionResponse", "choices/logprobs")]
    [InlineData(typeof(ModerationResult), "CreateModerationResponse", "results")]
    [InlineData(typeof(TranscriptionLogprob), "CreateTranscriptionResponseJson", "logprobs")]
    [InlineData(typeof(InputTokenDetails), "TranscriptTextUsageTokens", "input_token_details")]
    public void NestedType_Always_HasEveryOfficialField(Type type, string schema, string path) =>
        AssertHasMembers(type, OpenApiDescription.Official.MembersOf(schema, path.Split('/')));

    [Theory]
    [InlineData(typeof(ChatRequestMessage), "ChatCompletionRequestMessage", "")]
    [InlineData(typeof(ContentPart), "ChatCompletionRequestUserMessageContentPart", "")]
    [InlineData(typeof(ContentPart), "ChatCompletionRequestAssistantMessageContentPart", "")]
    [InlineData(typeof(ImageUrl), "ChatCompletionRequestMessageContentPartImage", "image_url")]
    [InlineData(typeof(InputAudio), "ChatCompletionRequestMessageContentPartAudio", "input_audio")]
    [InlineData(typeof(InputFile), "ChatCompletionRequestMessageContentPartFile", "file")]
    [InlineData(typeof(PromptCacheBreakpoint), "PromptCacheBreakpointParam", "")]
    [InlineData(typeof(AudioReference), "ChatCompletionRequestAssistantMessage", "audio")]
    [InlineData(typeof(StreamOptions), "ChatCompletionStreamOptions", "")]
    public void NestedRequestType_Always_HasEveryOfficialField(Type type, string schema, string path) =>
        AssertHasMembers(type, OpenApiDescription.Official.MembersOf(schema, path.Length == 0 ? [] : path.Split('/')));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_Always_LeavesTheMarksOfErrorsToTheUnknownMembers(Type type) =>
        // WireJson looks for errors only where an answer has unknown members.
        Assert.Empty(Members(type).Intersect(ApiError.Markers, StringComparer.Ordinal));

    private static void AssertHasMembers(Type type, IEnumerable<string> official) => Assert.Empty(official.Except(Members(type), StringComparer.Ordinal));

    private static IEnumerable<string> Members(Type type)
    {
        JsonTypeInfo info = Wire.TypeInfo(type);
        return info.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name);
    }
}
