using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A model of the service.</summary>
public sealed class GeminiModel : ApiResponseBody
{
    /// <summary>The name, such as <c>models/gemini-2.5-flash</c>.</summary>
    public string? Name { get; set; }

    /// <summary>What it is called on a page.</summary>
    public string? DisplayName { get; set; }
}
