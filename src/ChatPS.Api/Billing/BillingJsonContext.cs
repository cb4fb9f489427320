using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Billing;

/// <summary>How the types of the account are written and read: as those of chat completions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt32Converter)])]
[JsonSerializable(typeof(BillingSubscription))]
[JsonSerializable(typeof(BillingUsage))]
public sealed partial class BillingJsonContext : JsonSerializerContext;
