namespace ChatPS.Bench.Baseline;

/// <summary>What the bare cmdlets emit.</summary>
/// <param name="Id">The answer's id.</param>
/// <param name="Text">The text of the first choice.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="TotalTokens">What it cost.</param>
public sealed record Answer(string Id, string Text, string? FinishReason, int TotalTokens)
{
    internal static Answer From(Response response)
    {
        Choice choice = response.Choices[0];
        return new Answer(response.Id, choice.Message.Content ?? "", choice.FinishReason, response.Usage?.TotalTokens ?? 0);
    }
}
