using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A function with its arguments.</summary>
public sealed class FunctionCall : WireObject
{
    /// <summary>The name of the function.</summary>
    public string? Name { get; set; }

    /// <summary>The arguments as JSON text; the model does not always write valid JSON.</summary>
    public string? Arguments { get; set; }
}
