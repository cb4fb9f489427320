using ChatPS.Api.Wire;

namespace ChatPS.Api.Models;

/// <summary>The answer to the deletion of a model.</summary>
public sealed class ModelDeletion : ApiResponseBody
{
    /// <summary>The id of the model.</summary>
    public string? Id { get; set; }

    /// <summary><c>model</c>.</summary>
    public string? Object { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; set; }
}
