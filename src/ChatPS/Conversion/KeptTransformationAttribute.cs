using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>Takes something that a service keeps as the object that was seen before, or by its id.</summary>
/// <param name="type">What it is.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeptTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>Gets what it is.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Find(Type, inputData) ?? inputData;

    /// <summary>Finds what is meant.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="value">The object, its copy out of a job, or its id.</param>
    /// <returns>The object, which knows at least its id; null where the value is something else.</returns>
    internal static object? Find(Type type, object? value) => Bare.Of(value) switch
    {
        { } known when type.IsInstanceOfType(known) => known,
        string { Length: > 0 } id => Make(type, id, connection: null),
        PSObject gone when gone.TypeNames.Contains("Deserialized." + type.FullName) && gone.Properties["Id"]?.Value is string { Length: > 0 } id =>
            Make(type, id, gone.Properties["Connection"]?.Value as string),
        _ => null,
    };

    private static object? Make(Type type, string id, string? connection) => type.Name switch
    {
        nameof(ChatVectorStore) => new ChatVectorStore { Id = id, Connection = connection },
        nameof(ChatContainer) => new ChatContainer { Id = id, Connection = connection },
        nameof(ChatConversation) => new ChatConversation { Id = id, Connection = connection },
        nameof(ChatSkill) => new ChatSkill { Id = id, Connection = connection },
        nameof(ChatVoiceConsent) => new ChatVoiceConsent { Id = id, Connection = connection },
        _ => null,
    };
}
