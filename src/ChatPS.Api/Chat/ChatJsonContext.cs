using System.Text.Json.Serialization;
using ChatPS.Api.Billing;
using ChatPS.Api.Envelope;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>How the types of the wire are written and read: snake_case, nulls left out, tolerant of numbers in strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(ModerationRequest))]
[JsonSerializable(typeof(MetadataRequest))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(IReadOnlyList<Model>))]
[JsonSerializable(typeof(ModelDeletion))]
[JsonSerializable(typeof(ChatCompletionResponse))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(ChatCompletionList))]
[JsonSerializable(typeof(StoredMessageList))]
[JsonSerializable(typeof(ChatCompletionDeletion))]
[JsonSerializable(typeof(CompletionResponse))]
[JsonSerializable(typeof(ModerationResponse))]
[JsonSerializable(typeof(EnvelopeRequest))]
[JsonSerializable(typeof(EnvelopeResponse))]
[JsonSerializable(typeof(BillingSubscription))]
[JsonSerializable(typeof(BillingUsage))]
[JsonSerializable(typeof(MessageContent))]
[JsonSerializable(typeof(ModerationInput))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class ApiJsonContext : JsonSerializerContext;
