using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>The answer to the deletion of a response.</summary>
public sealed class ResponseDeletion : ApiResponseBody
{
    /// <summary>The id of the response.</summary>
    public string? Id { get; set; }

    /// <summary><c>response</c> or <c>response.deleted</c>.</summary>
    public string? Object { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; set; }
}
