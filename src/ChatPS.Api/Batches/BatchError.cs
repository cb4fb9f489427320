using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>A reason why a batch failed as a whole.</summary>
public sealed class BatchError : WireObject
{
    /// <summary>The kind of error, such as <c>invalid_json_line</c>.</summary>
    public string? Code { get; set; }

    /// <summary>What is wrong, in words.</summary>
    public string? Message { get; set; }

    /// <summary>The member that is wrong.</summary>
    public string? Param { get; set; }

    /// <summary>The line of the file, from 1.</summary>
    public int? Line { get; set; }
}
