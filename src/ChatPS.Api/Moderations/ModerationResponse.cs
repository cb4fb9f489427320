using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Moderations;

/// <summary>The answer of <c>POST /moderations</c>: in the public form <see cref="Results"/>, in the form of the ChatGPT web page the flags themselves.</summary>
[Answer(nameof(Results))]
public sealed class ModerationResponse : ApiResponseBody
{
    /// <summary>The id of the moderation (public form).</summary>
    public string? Id { get; set; }

    /// <summary>The model that judged (public form).</summary>
    public string? Model { get; set; }

    /// <summary>One result for each text, or one for all parts (public form).</summary>
    public IReadOnlyList<ModerationResult>? Results { get; set; }

    /// <summary>Whether the input is objectionable (web form).</summary>
    public bool? Flagged { get; set; }

    /// <summary>Whether the input was refused (web form).</summary>
    public bool? Blocked { get; set; }

    /// <summary>The id of the moderation (web form).</summary>
    public string? ModerationId { get; set; }
}
