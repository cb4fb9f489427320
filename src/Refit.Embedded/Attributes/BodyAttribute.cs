namespace Refit;

/// <summary>The parameter is the body of the request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class BodyAttribute : Attribute
{
    public BodyAttribute()
    {
    }

    public BodyAttribute(bool buffered) => Buffered = buffered;

    public BodyAttribute(BodySerializationMethod serializationMethod, bool buffered)
    {
        SerializationMethod = serializationMethod;
        Buffered = buffered;
    }

    public BodyAttribute(BodySerializationMethod serializationMethod = BodySerializationMethod.Default) => SerializationMethod = serializationMethod;

    /// <summary>Whether the body is written to memory first, so that its length is known; null leaves it to the settings.</summary>
    public bool? Buffered { get; }

    /// <summary>How it is written.</summary>
    public BodySerializationMethod SerializationMethod { get; }
}
