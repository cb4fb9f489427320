using ChatPS.Api.Wire;

namespace ChatPS.Api.Moderations;

/// <summary>The body of <c>POST /moderations</c>.</summary>
public sealed class ModerationRequest : ApiRequest
{
    /// <summary>What to judge.</summary>
    public ModerationInput? Input { get; set; }

    /// <summary>The id of the model; the service's default is <c>omni-moderation-latest</c>.</summary>
    public string? Model { get; set; }
}
