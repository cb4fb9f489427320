namespace ChatPS.Client.Chat;

/// <summary>How a service is told the form of an answer.</summary>
public enum SchemaMode
{
    /// <summary>The first of the others that the service takes; what it took is remembered for the connection and the model.</summary>
    Auto,

    /// <summary>As <c>response_format</c> <c>json_schema</c>: the service holds the model to it.</summary>
    JsonSchema,

    /// <summary>As <c>response_format</c> <c>json_object</c>, and the schema in words.</summary>
    JsonObject,

    /// <summary>In words only, for services that know neither.</summary>
    Prompt,
}
