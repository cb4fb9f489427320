namespace Refit;

/// <summary>How a body is written.</summary>
internal enum BodySerializationMethod
{
    /// <summary>A string as it is, all else by the content serializer.</summary>
    Default = 0,

    /// <summary>The former name of <see cref="Serialized"/>.</summary>
    [Obsolete("Use Serialized.")]
    Json = 1,

    /// <summary>As a form: <c>application/x-www-form-urlencoded</c>.</summary>
    UrlEncoded = 2,

    /// <summary>By the content serializer, strings too.</summary>
    Serialized = 3,
}
