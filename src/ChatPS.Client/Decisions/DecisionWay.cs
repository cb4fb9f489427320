namespace ChatPS.Client.Decisions;

/// <summary>How a service is asked: in which form, and at which endpoint.</summary>
/// <param name="Form">The form; null for a chat model in place of an endpoint for decisions.</param>
/// <param name="Path">The path from the base address.</param>
internal sealed record DecisionWay(DecisionForm? Form, string Path)
{
    public static readonly DecisionWay Chat = new(null, "");
}
