using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatPS.Api.Chat;

namespace ChatPS.Api.Tests;

/// <summary>Writes and reads any type of the wire, with the context of the folder that it lies in.</summary>
internal static class Wire
{
    /// <summary>Gets the contexts that answers are read with; one of each family.</summary>
    public static IReadOnlyList<JsonSerializerContext> Contexts { get; } =
    [
        .. typeof(WireJson).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && type != typeof(ChatRequestJsonContext))
            .Select(type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!),
    ];

    public static JsonSerializerContext ContextOf(Type type) => Contexts.Single(context => context.GetType().Namespace == (type.IsArray ? type.GetElementType()! : type).Namespace);

    public static JsonTypeInfo TypeInfo(Type type) => ContextOf(type).GetTypeInfo(type)!;

    public static T Read<T>(string json) => WireJson.Read<T>(json, ContextOf(typeof(T)));

    public static ArraySegment<byte> Write(object value) => WireJson.Write(value, value is ChatCompletionRequest ? ChatRequestJsonContext.Default : ContextOf(value.GetType()));
}
