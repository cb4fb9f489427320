using ChatPS.Client.Faults;

namespace ChatPS.Client.Tools;

/// <summary>How far the model may go with tools before it must answer.</summary>
/// <param name="MostRounds">How many times it may call tools and be told their outputs.</param>
/// <param name="MostCalls">How many calls it may make in all.</param>
public sealed record ToolLimits(int MostRounds, int MostCalls)
{
    /// <summary>Finds values that make no sense.</summary>
    /// <exception cref="ChatServiceException">A value is too small; it says which.</exception>
    public void Validate()
    {
        ParameterRules.AtLeast(MostRounds, 1, "-MaxToolRound");
        ParameterRules.AtLeast(MostCalls, 1, "-MaxToolCall");
    }
}
