using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>One GPT. A <c>code</c> other than 0 tells a failure, whatever the status says.</summary>
[Answer(nameof(Data))]
public sealed class GptResponse : ApiResponseBody
{
    /// <summary>What holds it.</summary>
    public GptData? Data { get; set; }
}
