using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>An event of a streamed response. Which members it has depends on its <see cref="Type"/>.</summary>
[Answer(nameof(Response))]
public sealed class ResponseEvent : ApiResponseBody
{
    /// <summary>The kind of event, such as <c>response.output_text.delta</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The response as it is now.</summary>
    public Response? Response { get; set; }

    /// <summary>The item that begins or is whole now.</summary>
    public JsonElement? Item { get; set; }

    /// <summary>The place of the item in the output, from 0.</summary>
    public int? OutputIndex { get; set; }

    /// <summary>What is new of a text.</summary>
    public string? Delta { get; set; }

    /// <summary>The code of an error.</summary>
    public string? Code { get; set; }

    /// <summary>The text of an error.</summary>
    public string? Message { get; set; }

    /// <summary>The field of the request that an error is about.</summary>
    public string? Param { get; set; }
}
