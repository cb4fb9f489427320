using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>The answer to the deletion of a file.</summary>
public sealed class FileDeletion : ApiResponseBody
{
    /// <summary>The id of the file.</summary>
    public string? Id { get; set; }

    /// <summary><c>file</c>.</summary>
    public string? Object { get; set; }

    /// <summary><c>file_deleted</c>, where a vendor says it so.</summary>
    public string? Type { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; set; }
}
